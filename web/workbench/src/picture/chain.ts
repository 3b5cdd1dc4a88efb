/** A chain in tiers as the analysis `tiers` answers it: boxes, links between neighbours, regions. */

import type { Report } from '../interface';
import { number, tableRows, text, unitOf, type Row } from '../part/rows';

export interface ChainBox {
  /** "-1/3": tier and place. */
  key: string;
  tier: number;
  kind: 'maker' | 'final use' | 'rest';
  node: string;
  name: string;
  region: string;
  regionName: string;
  product: string;
  productName: string;
  makers: number;
  value: number;
  /** Of its tier, in per cent. */
  share: number;
  /** Of the focus's output lost if it stops, in per cent; NaN: not asked. */
  loss: number;
  breaks: boolean;
}

export interface ChainLink {
  key: string;
  from: ChainBox;
  to: ChainBox;
  value: number;
  share: number;
  broken: boolean;
}

export interface ChainRegion {
  tier: number;
  region: string;
  name: string;
  value: number;
  share: number;
}

export interface TierChain {
  tiers: { tier: number; boxes: ChainBox[]; total: number }[];
  links: ChainLink[];
  regions: ChainRegion[];
  focus: ChainBox | undefined;
  unit: string;
  /** Some box says what its loss costs. */
  risk: boolean;
}

function kindOf(kind: string): ChainBox['kind'] {
  return kind === 'maker' || kind === 'final use' ? kind : 'rest';
}

function boxOf(row: Row): ChainBox {
  const tier = number(row, 'tier');
  return {
    key: `${tier}/${number(row, 'box')}`,
    tier,
    kind: kindOf(text(row, 'kind')),
    node: text(row, 'node'),
    name: text(row, 'name'),
    region: text(row, 'region'),
    regionName: text(row, 'region_name'),
    product: text(row, 'product'),
    productName: text(row, 'product_name'),
    makers: number(row, 'makers'),
    value: number(row, 'value'),
    share: number(row, 'share'),
    loss: number(row, 'loss'),
    breaks: text(row, 'breaks') === 'yes',
  };
}

function linkOf(row: Row, boxes: Map<string, ChainBox>): ChainLink[] {
  const tier = number(row, 'tier');
  const from = boxes.get(`${tier}/${number(row, 'from')}`);
  const to = boxes.get(`${tier + 1}/${number(row, 'to')}`);
  const value = number(row, 'value');
  if (!from || !to || !(value > 0)) return [];
  const key = `${from.key}|${to.key}`;
  const broken = text(row, 'mark') === 'broken';
  return [{ key, from, to, value, share: number(row, 'share'), broken }];
}

export function readChain(report: Report): TierChain {
  const boxes = tableRows(report, 'boxes').map(boxOf);
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const numbers = [...new Set(boxes.map(({ tier }) => tier))].sort((a, b) => a - b);
  // The middle can have a box in other tiers too: that it breaks itself says nothing.
  const focus = boxes.find(({ tier }) => tier === 0);
  for (const box of boxes) {
    if (box.tier !== 0 && box.node !== '' && box.node === focus?.node) {
      box.loss = NaN;
      box.breaks = false;
    }
  }
  return {
    tiers: numbers.map((tier) => {
      const own = boxes.filter((box) => box.tier === tier);
      return { tier, boxes: own, total: own.reduce((sum, { value }) => sum + value, 0) };
    }),
    links: tableRows(report, 'links').flatMap((row) => linkOf(row, byKey)),
    regions: tableRows(report, 'regions').map((row) => ({
      tier: number(row, 'tier'),
      region: text(row, 'region'),
      name: text(row, 'region_name'),
      value: number(row, 'value'),
      share: number(row, 'share'),
    })),
    focus,
    unit: unitOf(report, 'boxes', 'value'),
    risk: boxes.some(({ loss }) => Number.isFinite(loss)),
  };
}

/** Boxes other than the focus whose loss alone makes it impossible; each maker once. */
export function breakPoints(chain: TierChain): ChainBox[] {
  const found = new Map<string, ChainBox>();
  for (const { tier, boxes } of chain.tiers) {
    for (const box of boxes) {
      if (tier !== 0 && box.breaks && box.node !== chain.focus?.node) found.set(box.node, box);
    }
  }
  return [...found.values()].sort((a, b) => b.loss - a.loss);
}

/** Regions by what they hold in the picture, largest first. */
export function rankedRegions(chain: TierChain): string[] {
  const sums = new Map<string, number>();
  for (const { boxes } of chain.tiers) {
    for (const { region, share } of boxes) {
      if (region !== '') sums.set(region, (sums.get(region) ?? 0) + share);
    }
  }
  return [...sums].sort((a, b) => b[1] - a[1]).map(([region]) => region);
}
