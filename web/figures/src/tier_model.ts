/** What a picture of tiers is drawn from: boxes of each tier, links between neighbours, shares. */

import { limits, quantities, firstRows, type Quantity, type Space } from './chart';
import { sharesOf100 } from './number';
import {
  numberAt,
  requiredColumn,
  roleColumn,
  rowCount,
  textAt,
  type Figure,
  type Table,
} from './report';

export type LinkMark = '' | 'stuck' | 'broken' | 'both';

export interface TierBox {
  tier: number;
  name: string;
  /** Empty: all others of the tier. */
  region: string;
  value: number;
  /** Of its tier, in per cent; as printed, those of a tier add up to 100. */
  share: number;
}

export interface TierLink {
  from: TierBox;
  to: TierBox;
  value: number;
  /** Of the links of its tier, in per cent; these add up to 100 too. */
  share: number;
  mark: LinkMark;
}

export interface Tiers {
  /** From the left; each tier largest first, all others last. */
  tiers: { tier: number; boxes: TierBox[]; total: number }[];
  links: TierLink[];
  value: Quantity;
  rows: number;
  shown: number;
}

/** Tiers drawn to either side of the middle. */
const reach = 3;

function markOf(text: string): LinkMark {
  return text === 'stuck' || text === 'broken' || text === 'both' ? text : '';
}

class Boxes {
  private readonly found = new Map<number, Map<string, TierBox & { in: number; out: number }>>();

  of(tier: number, name: string, region: string) {
    const boxes = this.found.get(tier) ?? new Map();
    this.found.set(tier, boxes);
    const key = `${region === '' ? 'rest' : 'box'}\n${name}`;
    const box = boxes.get(key) ?? { tier, name, region, value: 0, share: 0, in: 0, out: 0 };
    boxes.set(key, box);
    return box;
  }

  /** A box holds what it takes in or gives out, whichever is more: value is added on the way. */
  tiers(): Tiers['tiers'] {
    const numbers = [...this.found.keys()].sort((a, b) => a - b);
    return numbers.map((tier) => {
      const boxes = [...this.found.get(tier)!.values()];
      for (const box of boxes) box.value = Math.max(box.in, box.out);
      boxes.sort((a, b) => Number(a.region === '') - Number(b.region === '') || b.value - a.value);
      sharesOf100(boxes.map((box) => box.value)).forEach((share, i) => (boxes[i]!.share = share));
      return { tier, boxes, total: boxes.reduce((sum, box) => sum + box.value, 0) };
    });
  }
}

function shareLinks(links: TierLink[]): void {
  const byTier = new Map<number, TierLink[]>();
  for (const link of links) {
    const list = byTier.get(link.from.tier) ?? [];
    byTier.set(link.from.tier, list);
    list.push(link);
  }
  for (const list of byTier.values()) {
    sharesOf100(list.map((link) => link.value)).forEach((share, i) => (list[i]!.share = share));
  }
}

export function readTiers(figure: Figure, table: Table, space: Space): Tiers {
  const column = (role: string) => requiredColumn(table, figure, role);
  const [tier, supplier, customer] = [column('tier'), column('supplier'), column('customer')];
  const from = column('supplier_region');
  const to = column('customer_region');
  const marks = roleColumn(table, figure, 'mark');
  const all = rowCount(table);
  const rows = firstRows(Math.min(all, limits.rows));
  const value = quantities([column('value')], space, rows)[0]!;
  const boxes = new Boxes();
  const links: TierLink[] = [];
  for (const row of rows) {
    const at = numberAt(tier, row);
    const amount = value.values[row]!;
    if (!Number.isInteger(at) || at < -reach || at >= reach || !(amount > 0)) continue;
    const left = boxes.of(at, textAt(supplier, row), textAt(from, row));
    const right = boxes.of(at + 1, textAt(customer, row), textAt(to, row));
    left.out += amount;
    right.in += amount;
    const mark = markOf(marks ? textAt(marks, row) : '');
    links.push({ from: left, to: right, value: amount, share: 0, mark });
  }
  shareLinks(links);
  return { tiers: boxes.tiers(), links, value, rows: all, shown: links.length };
}
