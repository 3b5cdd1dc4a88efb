/** Numbers for the eye. Files and the CSV buttons carry every digit; these do not. */

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
export const minus = '−';
/** Narrow, unbreakable: between thousands and before a unit. */
export const thinSpace = '\u202f';

function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (d) => superscripts[Number(d)]!);
  return (exponent < 0 ? '⁻' : '') + digits;
}

export function scientific(value: number, digits = 2): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e') as [string, string];
  return `${value < 0 ? minus : ''}${mantissa} × 10${superscript(Number(exponent))}`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '';
  const text = Math.abs(value).toFixed(decimals);
  if (text.includes('e')) return scientific(value);
  const [whole, rest] = text.split('.') as [string, string | undefined];
  const negative = value < 0 && /[1-9]/.test(text);
  return (negative ? minus : '') + grouped(whole) + (rest === undefined ? '' : '.' + rest);
}

export function whole(value: number): string {
  return fixed(value, 0);
}

/** Decimals that give the largest of the values about `significant` digits. */
export function decimalsFor(values: number[], significant = 3): number {
  let most = 0;
  let fraction = false;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    most = Math.max(most, Math.abs(value));
    fraction ||= !Number.isInteger(value);
  }
  if (!fraction || most === 0) return 0;
  const magnitude = Math.floor(Math.log10(most)) + 1;
  return Math.min(12, Math.max(0, significant - magnitude));
}

export type Format = (value: number) => string;

/** One format for a whole column, so that decimals line up; what would round to 0 is written out. */
export function columnFormat(values: number[], significant = 3): Format {
  const finite = values.filter((value) => Number.isFinite(value) && value !== 0);
  const decimals = decimalsFor(finite, significant);
  const half = 0.5 * 10 ** -decimals;
  return (value) => {
    if (!Number.isFinite(value)) return '';
    const tiny = value !== 0 && Math.abs(value) < half;
    return tiny ? scientific(value) : fixed(value, decimals);
  };
}

/** A share of 1 is read as percent; big sums move to the next word: million -> billion. */
export interface Scaled {
  factor: number;
  unit: string;
}

const ladders = [
  ['thousand', 'million', 'billion', 'trillion'],
  ['kt', 'Mt', 'Gt'],
  ['TJ', 'PJ', 'EJ'],
];

/** Statistics in "10,000 CNY": a multiple that is no word becomes one where values are large. */
function wordOfMultiple(head: string, rest: string[], most: number): Scaled | undefined {
  const multiple = /^[1-9][\d,]*$/.test(head) ? Number(head.replaceAll(',', '')) : NaN;
  if (!(multiple > 1) || rest.length === 0) return undefined;
  const words = ladders[0]!;
  const enough = (step: number) => (most * multiple) / 1000 ** (step + 1) < 10000;
  const step = words.findIndex((_, i) => enough(i) || i === words.length - 1);
  return { factor: multiple / 1000 ** (step + 1), unit: [words[step], ...rest].join(' ') };
}

/** The unit in which a chart's values have at most four digits before the point. */
export function scaleUnit(unit: string, most: number): Scaled {
  if (unit === 'share') return { factor: 100, unit: '%' };
  const [head = '', ...rest] = unit.split(' ');
  const ladder = ladders.find((steps) => steps.includes(head));
  if (!(most >= 10000)) return { factor: 1, unit };
  if (!ladder) return wordOfMultiple(head, rest, most) ?? { factor: 1, unit };
  let step = ladder.indexOf(head);
  let factor = 1;
  while (step + 1 < ladder.length && most * factor >= 10000) {
    factor /= 1000;
    step += 1;
  }
  return { factor, unit: [ladder[step], ...rest].join(' ') };
}

/** "12.3 %", "4 million USD". */
export function withUnit(text: string, unit: string): string {
  return unit === '' || text === '' ? text : `${text}${thinSpace}${unit}`;
}

/**
 * Shares of the sum in per cent, rounded so that they add up to 100 as printed: every share is cut
 * off, and those that lost most get the last units back (largest remainders).
 */
export function sharesOf100(values: number[], decimals = 1): number[] {
  const sizes = values.map((value) => (value > 0 ? value : 0));
  const total = sizes.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return values.map(() => 0);
  const units = 100 * 10 ** decimals;
  const exact = sizes.map((value) => (value / total) * units);
  const whole = exact.map(Math.floor);
  const missing = units - whole.reduce((sum, value) => sum + value, 0);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, missing)) whole[i]! += 1;
  return whole.map((value) => value / 10 ** decimals);
}
