/** What the sentences of several analyses are put together from. */

import { unitInChinese } from './unit';

export type Shown = (name: string) => string;
export type Pattern = [RegExp, (found: string[], name: Shown) => string];

/** What the first pattern that fits makes of a text; undefined where none does. */
export function read(text: string, patterns: Pattern[], name: Shown): string | undefined {
  for (const [pattern, told] of patterns) {
    const found = pattern.exec(text);
    if (found) return told(found.slice(1), name);
  }
  return undefined;
}

/** "7,658,339 kt", "531,887 10,000 CNY" in Chinese units; a chain may have none. */
export function sum(text: string): string {
  const [, value = text, unit = ''] = /^(\S+) *(.*)$/.exec(text) ?? [];
  return unit === '' ? value : `${value} ${unitInChinese(unit)}`;
}

/** "China: Coal > China: Steel": from where it occurs on. */
export const path = (text: string, shown: Shown) =>
  text
    .split(' > ')
    .map((one) => shown(one))
    .join(' > ');

/** "2011", or the name of a chain without a year. */
export const year = (label: string) => (/^\d{4}$/.test(label) ? `${label} 年` : label);

export function period(from: string, to: string): string {
  const plain = /^\d{4}$/.test(from) && /^\d{4}$/.test(to);
  return plain ? `${from}—${to} 年` : `${year(from)} 至 ${year(to)}`;
}

/** What is counted: Latin letters stand apart from Chinese ones. */
export const measure = (name: string) =>
  ({ 'value added': '增加值', output: '产出' })[name] ?? ` ${name} `;
export const tidy = (text: string) => text.replace(/(^|[：，。）]) +| +(?= )/g, '$1');

/** "China: Coal", or any other name. */
export function label(text: string, shown: Shown): string {
  const [, region, product] = /^(.+?): (.+)$/.exec(text) ?? [];
  if (region === undefined || product === undefined) return shown(text);
  const place = shown(region);
  return place === region ? shown(text) : `${place}的${shown(product)}`;
}

/**
 * "Coke, refined petroleum and nuclear fuel, Coal and 2 more": names hold commas and "and" too, so
 * that the longest part with a Chinese name is taken.
 */
export function listed(text: string, shown: Shown): string {
  const parts = text.split(/(, | and )/);
  const names: string[] = [];
  const known = (part: string) => shown(part) !== part && !/, | and /.test(shown(part));
  for (let at = 0; at < parts.length;) {
    let end = parts.length;
    while (end > at + 1 && !known(parts.slice(at, end).join(''))) end -= 2;
    names.push(parts.slice(at, end).join(''));
    at = end + 1;
  }
  const last = names.length > 1 ? /^(\d+) more$/.exec(names.at(-1)!) : null;
  const told = (last ? names.slice(0, -1) : names).map((one) => label(one, shown));
  const between = told.some((one) => one.includes('、')) ? '；' : '、';
  return told.join(between) + (last ? `及另 ${last[1]} 个` : '');
}

/** "China (2.84), Korea (2.67 to 2.81) and Rest of Europe (EU-15) (3 steps)". */
export function ranked(text: string, shown: Shown): string {
  const each = /(.+?) \((-?[\d.]+)(?: to (-?[\d.]+))?( steps)?\)(?:, | and |$)/g;
  const told = [...text.matchAll(each)].map(([, name, value, to, steps]) => {
    const number = `${value}${to ? ` 至 ${to}` : ''}${steps ? ' 步' : ''}`;
    return `${label(name!, shown)}（${number}）`;
  });
  return told.length > 0 ? told.join('、') : text === 'nobody' ? '无' : text;
}

/** The ways a text falls into two at `by`. */
export function* parted(text: string, by: string): Generator<[string, string]> {
  for (let at = text.indexOf(by); at >= 0; at = text.indexOf(by, at + 1))
    yield [text.slice(0, at), text.slice(at + by.length)];
}

/** Two names with `by` between, which may be in them too: cut where the fewest are unknown. */
export function cut(text: string, by: string, shown: Shown): [string, string] {
  let best: [string, string] = [text, ''];
  let least = Infinity;
  for (const names of parted(text, by)) {
    const unknown = names.filter((name) => shown(name) === name).length;
    if (unknown < least) [best, least] = [names, unknown];
  }
  return best;
}

interface Joined {
  told: string[];
  unknown: number;
}

/**
 * Parts joined by "; ", which names may hold too: cut where the fewest names are unknown.
 * Undefined where a part cannot be read.
 */
export function joined(
  text: string,
  read: (part: string, name: Shown) => string | undefined,
  shown: Shown,
  by = '; ',
): Joined | undefined {
  const pieces = text.split(by);
  const best: (Joined | undefined)[] = [{ told: [], unknown: 0 }];
  for (let end = 1; end <= pieces.length; end += 1)
    for (let begin = end - 1; begin >= 0; begin -= 1) {
      const before = best[begin];
      if (before === undefined) continue;
      let missed = 0;
      const told = read(pieces.slice(begin, end).join(by), (name) => {
        missed += shown(name) === name ? 1 : 0;
        return shown(name);
      });
      // Of readings that are as good the one with shorter parts.
      const cost = before.unknown + missed * (end - begin) + 0.1 * (end - begin - 1);
      if (told !== undefined && cost < (best[end]?.unknown ?? Infinity))
        best[end] = { told: [...before.told, told], unknown: cost };
    }
  return best[pieces.length];
}
