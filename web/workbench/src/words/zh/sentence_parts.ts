/** What the sentences of several analyses are put together from. */

import { unitInChinese } from './unit';

export type Shown = (name: string) => string;
export type Pattern = [RegExp, (found: string[], name: Shown) => string];

/** "7,658,339 kt", "531,887 10,000 CNY". */
export function sum(text: string): string {
  const [, value = text, unit = ''] = /^(\S+) (.+)$/.exec(text) ?? [];
  return unit === '' ? value.trim() : `${value} ${unitInChinese(unit)}`;
}

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
