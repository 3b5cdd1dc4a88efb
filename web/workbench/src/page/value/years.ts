/** Chains that can stand beside each other as years of one table. */

import type { Chain, ChainSummary } from '../../interface';

export interface Year {
  chain: string;
  year: number;
}

const most = 12;

/**
 * The chain and others of its classification, with as many regions and products, of other years;
 * earliest first. The chain itself alone where its year is not known.
 */
export function yearsBeside(chain: Chain, all: ChainSummary[]): Year[] {
  const own: Year = { chain: chain.name, year: chain.year };
  if (chain.year === 0) return [own];
  const found = new Map([[own.year, own]]);
  for (const one of all) {
    const alike =
      one.year !== 0 &&
      one.classification === chain.classification &&
      one.regions === chain.regions.length &&
      one.products === chain.products.length;
    if (alike && !found.has(one.year)) found.set(one.year, { chain: one.name, year: one.year });
  }
  return [...found.values()].sort((a, b) => a.year - b.year).slice(-most);
}

/** What the address says of years: nothing: all; "none"; or the names of chains. */
export function chosenYears(said: string, years: Year[], own: string): Year[] {
  if (said === '') return years;
  const names = said === 'none' ? [] : said.split(',');
  return years.filter(({ chain }) => chain === own || names.includes(chain));
}

/** The address for a choice: '' where it is all of them. */
export function saidOf(chosen: Year[], years: Year[], own: string): string {
  if (chosen.length === years.length) return '';
  return (
    chosen
      .map(({ chain }) => chain)
      .filter((name) => name !== own)
      .join(',') || 'none'
  );
}
