/** Shares and sums as a reader says them, in either language. */

import { fixed, minus, scaleUnit, thinSpace, withUnit } from '../../../figures/src/number';

/** Two significant digits, and whole numbers from 10 up: 0.49, 1.5, 23, 100. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.001) return `<${thinSpace}${value < 0 ? minus : ''}0.001`;
  const decimals = size >= 9.95 ? 0 : size >= 0.995 ? 1 : size >= 0.0995 ? 2 : 3;
  return fixed(value, decimals);
}

export const percent = (value: number): string =>
  Number.isFinite(value) ? `${short(value)}${thinSpace}%` : '–';

/** "0.49 – 1.5 %"; one number where both ends read the same. */
export function percentRange(low: number, high: number): string {
  if (!Number.isFinite(high) || short(low) === short(high)) return percent(low);
  return `${short(low)} – ${percent(high)}`;
}

const multiples: Record<string, number> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

const currencies: Record<string, string> = {
  USD: '美元',
  CNY: '元',
  EUR: '欧元',
  JPY: '日元',
  GBP: '英镑',
};

interface Money {
  factor: number;
  currency: string;
}

/** "million USD" -> 1e6 USD; "10,000 CNY" -> 1e4 CNY; "kt" is no money. */
export function moneyOf(unit: string): Money | undefined {
  const [head = '', ...rest] = unit.split(' ');
  if (rest.length === 0) return head in currencies ? { factor: 1, currency: head } : undefined;
  const currency = rest.join(' ');
  if (!(currency in currencies)) return undefined;
  const factor = multiples[head] ?? Number(head.replaceAll(',', ''));
  return factor > 0 ? { factor, currency } : undefined;
}

const inTons: Record<string, string> = { kt: '千吨', Mt: '百万吨', Gt: '十亿吨', t: '吨' };

function amountZh(value: number, unit: string): string {
  const money = moneyOf(unit);
  if (money) {
    const sum = value * money.factor;
    const step = Math.abs(sum) >= 1e12 ? 1e12 : Math.abs(sum) >= 1e8 ? 1e8 : 1e4;
    const word = { 1e12: '万亿', 1e8: '亿', 1e4: '万' }[step]!;
    return `${figure(sum / step)}${thinSpace}${word}${currencies[money.currency]}`;
  }
  if (unit in inTons) {
    const tons = value * { t: 1, kt: 1e3, Mt: 1e6, Gt: 1e9 }[unit]!;
    return Math.abs(tons) >= 1e8
      ? `${figure(tons / 1e8)}${thinSpace}亿吨`
      : `${figure(tons / 1e4)}${thinSpace}万吨`;
  }
  return withUnit(figure(value), unit);
}

/** Three significant digits, thousands parted. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '';
  return size >= 99.95 || size === 0 ? fixed(value, 0) : fixed(value, size >= 9.995 ? 1 : 2);
}

/** A sum with its unit: "113 billion USD", "1,131 亿美元". */
export function amount(value: number, unit: string, language: 'en' | 'zh'): string {
  if (!Number.isFinite(value)) return '–';
  if (language === 'zh') return amountZh(value, unit);
  const scaled = scaleUnit(unit, Math.abs(value));
  return withUnit(figure(value * scaled.factor), scaled.unit);
}
