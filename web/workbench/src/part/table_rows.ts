/** Which rows of a table are shown, in which order, and as what text. Nothing here draws. */

import { cellText, csvCell } from '../../../figures/src/cell';
import { rowCount, type Column, type Table } from '../../../figures/src/report';
import { estimate } from '../../../figures/src/text';

/** A name from the data in the reader's language. */
export type Shown = (text: string) => string;

/** What a cell of a column says: names in the reader's language, numbers rounded for the eye. */
export function saidBy(column: Column, shown: Shown): (row: number) => string {
  const format = cellText(column);
  if (column.type !== 'text') return (row) => format(column.values[row] ?? null);
  return (row) => shown(format(column.values[row] ?? null));
}

/** Place of each text in the alphabet of a language; numbers inside a text count as numbers. */
function places(texts: Iterable<string>, language: string): Map<string, number> {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return new Map([...new Set(texts)].sort(compare).map((text, i) => [text, i]));
}

/** Rows in the order of a column, empty cells last either way, equal ones as they were. */
export function ordered(
  column: Column,
  rows: readonly number[],
  down: boolean,
  shown: Shown,
  language = 'en',
): number[] {
  const sign = down ? -1 : 1;
  let keyOf: (row: number) => number;
  if (column.type === 'text') {
    const said = saidBy(column, shown);
    const texts = new Map(rows.map((row) => [row, said(row)]));
    const place = places(texts.values(), language);
    keyOf = (row) => (texts.get(row) === '' ? NaN : place.get(texts.get(row)!)!);
  } else {
    keyOf = (row) => {
      const value = column.values[row];
      return typeof value === 'number' ? value : NaN;
    };
  }
  const keys = new Map(rows.map((row) => [row, keyOf(row)]));
  return [...rows].sort((a, b) => {
    const x = keys.get(a)!;
    const y = keys.get(b)!;
    if (Number.isNaN(x) || Number.isNaN(y)) return +Number.isNaN(x) - +Number.isNaN(y) || a - b;
    return sign * (x - y) || a - b;
  });
}

const number = String.raw`[-−]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const bound = new RegExp(String.raw`^(<=|>=|≤|≥|<|>|=)\s*(${number})\s*%?$`, 'i');
const range = new RegExp(String.raw`^(${number})\s*(?:\.\.|…|–|~|至)\s*(${number})$`, 'i');
const bare = new RegExp(`^${number}$`, 'i');

const valueOf = (text: string) => Number(text.replaceAll(',', '').replace('−', '-'));

/** What a wish for a column of numbers asks of a value: "> 5", "<= 3", "1..9"; "5" is "at least 5". */
export function numberTest(wanted: string): ((value: number) => boolean) | undefined {
  const between = range.exec(wanted);
  if (between) {
    const [low, high] = [valueOf(between[1]!), valueOf(between[2]!)];
    return (value) => value >= low && value <= high;
  }
  if (bare.test(wanted)) return (value) => value >= valueOf(wanted);
  const limit = bound.exec(wanted);
  if (!limit) return undefined;
  const at = valueOf(limit[2]!);
  switch (limit[1]) {
    case '<':
      return (value) => value < at;
    case '>':
      return (value) => value > at;
    case '=':
      return (value) => value === at;
    case '<=':
    case '≤':
      return (value) => value <= at;
    default:
      return (value) => value >= at;
  }
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Every word wanted is somewhere in what is said or in what the data says. */
function textTest(column: Column, wanted: string, shown: Shown): (row: number) => boolean {
  const asked = wordsOf(wanted);
  const said = saidBy(column, shown);
  return (row) => {
    const line = `${said(row)} ${column.values[row] ?? ''}`.toLowerCase();
    return asked.every((word) => line.includes(word));
  };
}

function columnTest(column: Column, wanted: string, shown: Shown): (row: number) => boolean {
  const test = column.type === 'text' ? undefined : numberTest(wanted.trim());
  if (!test) return textTest(column, wanted, shown);
  return (row) => {
    const value = column.values[row];
    return typeof value === 'number' && test(value);
  };
}

/** Rows with all the words in their texts (in either language) that pass each column's wish. */
export function found(
  table: Table,
  wanted: string,
  byColumn: Readonly<Record<string, string>>,
  shown: Shown,
): number[] {
  const rows = Array.from({ length: rowCount(table) }, (_, i) => i);
  const tests: ((row: number) => boolean)[] = [];
  const asked = wordsOf(wanted);
  if (asked.length > 0) {
    const texts = table.columns.filter((column) => column.type === 'text');
    const told = texts.map((column) => saidBy(column, shown));
    tests.push((row) => {
      const line = texts.map((column, i) => `${told[i]!(row)} ${column.values[row] ?? ''}`);
      const all = line.join(' ').toLowerCase();
      return asked.every((word) => all.includes(word));
    });
  }
  for (const column of table.columns) {
    const wish = byColumn[column.name] ?? '';
    if (wish.trim() !== '') tests.push(columnTest(column, wish, shown));
  }
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** Rows as text for the clipboard: tab-separated for a spreadsheet, or CSV; every digit. */
export function separated(
  columns: readonly Column[],
  rows: readonly number[],
  kind: 'tsv' | 'csv',
): string {
  const plain = (value: string) => value.replace(/[\t\r\n]+/g, ' ');
  const cell = (value: string | number | null) =>
    kind === 'csv' ? csvCell(value) : plain(value === null ? '' : String(value));
  const by = kind === 'csv' ? ',' : '\t';
  const head = columns.map(({ name, unit }) => cell(unit === '' ? name : `${name} [${unit}]`));
  const lines = rows.map((row) => columns.map((c) => cell(c.values[row] ?? null)).join(by));
  return [head.join(by), ...lines].join('\n') + '\n';
}

export interface Window {
  first: number;
  /** One past the last row drawn. */
  end: number;
}

/** The rows to draw where only `height` pixels from `top` are seen, and some around them. */
export function windowOf(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
  around = 12,
): Window {
  const first = Math.max(0, Math.floor(top / rowHeight) - around);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + around);
  return { first: Math.min(first, Math.max(0, end)), end };
}

const font = { size: 14 };
const padding = 22;

/** Rows looked at for the width of a column: all of a short table, spread over a long one. */
function sample(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / 600));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

/** Width of a column by what it says; a heading may take three lines. */
export function columnWidth(
  heading: string,
  unit: string,
  said: (row: number) => string,
  count: number,
): number {
  let most = estimate(unit, font);
  const bold = { size: 13, weight: 600 };
  for (const word of heading.split(/\s+/)) most = Math.max(most, estimate(word, bold) + 12);
  most = Math.max(most, estimate(heading, bold) / 2.4);
  for (const row of sample(count)) most = Math.max(most, estimate(said(row), font));
  return Math.ceil(Math.min(most, 380) + padding);
}

/** Room that is left goes to the columns of text, but not so much that a line falls apart. */
export function shared(
  widths: readonly number[],
  text: readonly boolean[],
  room: number,
): number[] {
  const taken = widths.reduce((sum, width) => sum + width, 0);
  const growing = widths.reduce((sum, width, i) => sum + (text[i] ? width : 0), 0);
  if (room <= taken || growing === 0) return [...widths];
  const factor = Math.min(1.8, (growing + room - taken) / growing);
  return widths.map((width, i) => (text[i] ? Math.floor(width * factor) : width));
}
