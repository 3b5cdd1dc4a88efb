/** A sentence of the catalogue with places for names and numbers: "{who} loses {share}." */

export interface Said {
  text: string;
  /** Where it comes from: an address, or "#row" on the same page. */
  to?: string;
}

export type Given = Record<string, Said | string>;

/** Parts in the order the language puts them. A place that nothing is given for stays empty. */
export function parts(template: string, given: Given): Said[] {
  return template
    .split(/(\{\w+\})/)
    .map((piece): Said => {
      if (!/^\{\w+\}$/.test(piece)) return { text: piece };
      const value = given[piece.slice(1, -1)] ?? '';
      return typeof value === 'string' ? { text: value } : value;
    })
    .filter(({ text }) => text !== '');
}

export const plain = (template: string, given: Given): string =>
  parts(template, given)
    .map(({ text }) => text)
    .join('');
