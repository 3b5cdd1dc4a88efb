/** Several regions taken as one, as an address and an analysis write them: "DEU,FRA,ITA". */

import type { Item } from '../interface';

export const codesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== ''),
  ),
];

/** The text with one region more or less, in the order of the chain. */
export function toggled(text: string, code: string, on: boolean, regions: readonly Item[]): string {
  const chosen = new Set(codesIn(text));
  if (on) chosen.add(code);
  else chosen.delete(code);
  const known = regions.map((region) => region.code).filter((one) => chosen.delete(one));
  return [...known, ...chosen].join(',');
}

/** Groups that regions of the chain are part of, and that are no regions of it themselves. */
export function groupsOf(regions: readonly Item[]): string[] {
  const own = new Set(regions.map(({ code }) => code));
  const groups = new Set(regions.map(({ part_of }) => part_of));
  return [...groups].filter((group) => group !== '' && !own.has(group));
}
