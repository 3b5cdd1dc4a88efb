/** How boxes of a chain are written in the reader's language. */

import type { Chain } from '../interface';
import type { Names } from '../language.svelte';
import { amount, percent } from '../part/amount';
import type { Words } from '../words/en';
import type { ChainBox } from './chain';
import type { MapWords } from './tiers';

export function tierName(tier: number, t: Words['map']): string {
  const named = t.tiers[String(tier)];
  if (named !== undefined) return named;
  return tier < 0 ? t.further.up(String(-tier)) : t.further.down(String(tier));
}

/** The product where a box is named by region and product, else the name it has. */
export function boxName(box: ChainBox, names: Names, t: Words['map']): string {
  if (box.kind === 'rest') {
    return box.makers > 0 ? t.others(String(box.makers)) : t.othersPlain;
  }
  if (box.kind === 'final use') return t.finalUse;
  return shortName(box, names);
}

/** "China: Battery module (NMC battery cell)" without the region, piece by piece in the language. */
function shortName({ name, region, regionName, productName }: ChainBox, names: Names): string {
  const head = `${regionName}: `;
  const own = region !== '' && name.startsWith(head) ? name.slice(head.length) : name;
  if (region === '' && productName !== '') return names.shown(productName);
  if (!own.startsWith(productName) || productName === '') return names.shown(own);
  const kind = /^ \((.*)\)$/.exec(own.slice(productName.length))?.[1];
  return kind === undefined
    ? names.shown(own)
    : `${names.shown(productName)} (${names.shown(kind)})`;
}

export const boxRegion = (box: ChainBox, names: Names): string =>
  box.region === '' ? '' : names.shown(box.regionName);

export function mapWords(
  t: Words['map'],
  names: Names,
  chain: Chain,
  unit: string,
  language: 'en' | 'zh',
): MapWords {
  const regions = new Map(chain.regions.map(({ code, name }) => [code, name]));
  return {
    tier: (tier) => tierName(tier, t),
    name: (box) => boxName(box, names, t),
    region: (box) => (chain.regions.length < 2 ? '' : boxRegion(box, names)),
    amount: (value) => amount(value, unit, language),
    percent,
    regionNamed: (code) => names.shown(regions.get(code) ?? code),
    share: t.share,
    value: t.value,
    loss: t.loss,
    breaks: t.breaks,
    broken: t.broken,
    rest: t.rest,
    unknown: t.unknown,
    otherRegions: t.otherRegions,
    linkShare: t.linkShare,
    risk: t.risk,
  };
}
