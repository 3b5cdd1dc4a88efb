/** Units in Chinese: "million USD" is 百万美元, "10,000 CNY" 万元. */

const currencies: Record<string, string> = {
  USD: '美元',
  CNY: '元',
  EUR: '欧元',
  JPY: '日元',
  GBP: '英镑',
};

const multiples: Record<string, [number, string]> = {
  '': [1, ''],
  thousand: [1e3, '千'],
  '10,000': [1e4, '万'],
  million: [1e6, '百万'],
  billion: [1e9, '十亿'],
  trillion: [1e12, '万亿'],
};

/** A unit of money: its multiple and the Chinese name of the currency. */
export function currencyUnit(
  unit: string,
): { factor: number; word: string; currency: string } | undefined {
  const parts = unit.split(' ');
  const currency = currencies[parts.pop() ?? ''];
  const multiple = multiples[parts.join(' ')];
  if (currency === undefined || multiple === undefined) return undefined;
  return { factor: multiple[0], word: multiple[1], currency };
}

const known: Record<string, string> = {
  share: '比例',
  stages: '阶段',
  steps: '步',
  day: '天',
  days: '天',
  times: '倍',
  rows: '行',
  'chain unit': '本链单位',
  'units as in the file': '原文件单位',
  'units of money': '货币单位',
  t: '吨',
  kt: '千吨',
  Mt: '百万吨',
  Gt: '十亿吨',
  thousand: '千',
  million: '百万',
  billion: '十亿',
  persons: '人',
  people: '人',
  jobs: '个岗位',
  person: '人',
  head: '人',
  year: '年',
  units: '单位',
  certificates: '张',
  't CO2e': '吨 CO2e',
};

function piece(text: string): string {
  const money = currencyUnit(text);
  if (money) return money.word + money.currency;
  if (known[text] !== undefined) return known[text];
  const words = text.split(' ');
  const all = words.every((word) => known[word] !== undefined || /^[A-Z0-9]+$/.test(word));
  return all ? words.map((word) => known[word] ?? word).join('') : text;
}

/** "kt / million USD" -> 千吨/百万美元; parts without a Chinese name stay. */
export function unitInChinese(unit: string): string {
  return unit
    .split(/\s*(?:\/| per )\s*/)
    .map(piece)
    .join('/');
}
