/** What `footprint` holds, as the page shows it: accounts by region, flows, sectors, factors. */

import type { KeyItem } from '../../../../figures/src/chart';
import type { Cell, Column, Figure, Table } from '../../../../figures/src/report';
import type { Chain, Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';
import { stepOf } from '../../picture/picture';

/** What is counted: a stressor, or all greenhouse gases by the factors of a report. */
export interface Counted {
  stressor: string;
  gwp: string;
}

const gases = /^(co2|ch4|n2o|sf6|nf3|hfc|pfc|ghg)/i;
export const gasesOf = (chain: Chain) => chain.stressors.filter(({ name }) => gases.test(name));

/** As the address says it; without it CO2, or the first stressor, as the analysis takes it. */
export function countedIn(asked: (name: string) => string, chain: Chain): Counted {
  const gwp = ['AR6', 'AR5'].find((one) => one === asked('gwp')) ?? '';
  if (gwp !== '') return { stressor: '', gwp };
  const named = chain.stressors.find(({ name }) => name === asked('stressor'));
  const first = chain.stressors.find(({ name }) => /^co2$/i.test(name)) ?? chain.stressors[0];
  return { stressor: (named ?? first)?.name ?? '', gwp: '' };
}

export const ways = ['total', 'share', 'head', 'value_added'] as const;
export type Way = (typeof ways)[number];

export interface Account {
  region: string;
  name: string;
  production: number;
  consumption: number;
  /** Consumption less production, as the way counts it: above 0 more is caused than produced. */
  difference: number;
}

const suffixes = { total: '', share: '', head: '_per_head', value_added: '_per_value_added' };

export const unitIn = (report: Report, way: Way): string =>
  way === 'share' ? '%' : unitOf(report, 'regions', `production${suffixes[way]}`);

/** Accounts of all regions; those that are not known are NaN. */
export function accounts(report: Report, way: Way): Account[] {
  const end = suffixes[way];
  return tableRows(report, 'regions').map((row) => {
    const production = number(row, `production${end}`);
    const consumption = number(row, `consumption${end}`);
    const net = consumption - production;
    const difference = way === 'share' ? (production > 0 ? (100 * net) / production : NaN) : net;
    const [region, name] = [text(row, 'region'), text(row, 'name')];
    return { region, name, production, consumption, difference };
  });
}

/** Ways of counting for which at least one region has a figure. */
export const knownWays = (report: Report): Way[] =>
  ways.filter((way) => accounts(report, way).some(({ difference }) => Number.isFinite(difference)));

/** The next of 1, 2, 5, 10 ... */
function round(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}

/** Four steps to either side, at shares of the largest difference. */
export function steps(list: readonly Account[], way: Way): number[] {
  if (way === 'share') return [2, 10, 25, 50];
  const sizes = list.map(({ difference }) => Math.abs(difference)).filter(Number.isFinite);
  const most = Math.max(0, ...sizes);
  return most > 0 ? [0.02, 0.1, 0.3, 0.6].map((part) => part * round(most)) : [];
}

const shades = [0, 2, 3, 5, 6];

/** Who causes more than it produces in the one colour, who produces more in the other. */
export function balanceColor(difference: number, at: readonly number[]): string {
  if (!Number.isFinite(difference)) return 'var(--muted)';
  const shade = shades[Math.max(0, stepOf(Math.abs(difference), at))]!;
  return `var(--${difference > 0 ? 'neg' : 'seq'}-${shade})`;
}

/** The steps from the largest net exporter to the largest net importer. */
export function balanceItems(
  at: readonly number[],
  said: (value: number) => string,
  words: { importer: string; exporter: string; even: string },
): KeyItem[] {
  const side = (sign: number, name: string) =>
    at.map((low, i): KeyItem => ({
      name: i === at.length - 1 ? `${name} ≥ ${said(low)}` : `≥ ${said(low)}`,
      fill: balanceColor(sign * low, at),
    }));
  const even = at.length > 0 ? `${words.even} < ${said(at[0]!)}` : words.even;
  return [
    ...side(-1, words.exporter).reverse(),
    { name: even, fill: balanceColor(0, at) },
    ...side(1, words.importer),
  ];
}

export interface Embodied {
  from: string;
  to: string;
  value: number;
  /** Of what the user's final use causes, in per cent. */
  share: number;
}

export const flowsTo = (report: Report, region: string): Embodied[] =>
  tableRows(report, 'flows').flatMap((row) => {
    const to = text(row, 'to');
    const value = number(row, 'value');
    if (to !== region || !(value > 0)) return [];
    return [{ from: text(row, 'from'), to, value, share: number(row, 'share') }];
  });

const column = (name: string, type: Column['type'], values: Cell[], unit = ''): Column => ({
  name,
  type,
  unit,
  meaning: '',
  values,
});

/** Regions drawn by themselves; all others are added up. */
const shownRegions = 8;

function largest(rows: ReturnType<typeof tableRows>): Set<string> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    for (const end of ['from', 'to']) {
      const code = text(row, end);
      sums.set(code, (sums.get(code) ?? 0) + number(row, 'value'));
    }
  }
  const ranked = [...sums].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  // One left over is as well shown as added up.
  return new Set(ranked.slice(0, ranked.length === shownRegions + 1 ? undefined : shownRegions));
}

const touching = (report: Report, region: string) =>
  tableRows(report, 'flows').filter(
    (row) => region === '' || text(row, 'from') === region || text(row, 'to') === region,
  );

/** How many regions are added up. */
export function shownOthers(report: Report, region: string): number {
  const rows = touching(report, region);
  const every = new Set(rows.flatMap((row) => [text(row, 'from'), text(row, 'to')]));
  return every.size - largest(rows).size;
}

/**
 * The report with a table "embodied": flows between regions, or into and out of one, for a Sankey
 * diagram; what the largest regions leave is one region of its own. It sums to all flows shown.
 */
export function withEmbodied(report: Report, region: string, others: string): Report {
  const rows = touching(report, region);
  const own = largest(rows);
  const sums = new Map<string, { from: string[]; to: string[]; value: number }>();
  for (const row of rows) {
    const value = number(row, 'value');
    if (!(value > 0)) continue;
    const side = (end: 'from' | 'to') =>
      own.has(text(row, end)) ? [text(row, end), text(row, `${end}_name`)] : ['', others];
    const [from, to] = [side('from'), side('to')];
    const key = `${from[0]}\n${to[0]}`;
    const sum = sums.get(key) ?? { from, to, value: 0 };
    sum.value += value;
    sums.set(key, sum);
  }
  const list = [...sums.values()].sort((a, b) => b.value - a.value);
  const texts = (name: string, of: (one: (typeof list)[number]) => string) =>
    column(name, 'text', list.map(of));
  const embodied: Table = {
    name: 'embodied',
    title: '',
    columns: [
      texts('from', ({ from }) => from[1]!),
      texts('to', ({ to }) => to[1]!),
      column(
        'value',
        'real',
        list.map(({ value }) => value),
        unitOf(report, 'flows', 'value'),
      ),
      texts('from_key', ({ from }) => `from/${from[0]}`),
      texts('to_key', ({ to }) => `to/${to[0]}`),
    ],
  };
  return { ...report, tables: [...report.tables, embodied] };
}

export const embodiedFigure = (title: string, caption: string): Figure => ({
  kind: 'sankey',
  table: 'embodied',
  title,
  caption,
  columns: {
    from: 'from',
    to: 'to',
    value: 'value',
    from_key: 'from_key',
    to_key: 'to_key',
    part: 'from',
  },
  most: 0,
});

/**
 * The whole's report with a table "own_and_footprint": what occurs in each sector of a region, and
 * what its final use of each product causes anywhere. The columns sum to the region's accounts.
 */
export function withSectors(
  whole: Report,
  used: Report,
  region: string,
  chain: Pick<Chain, 'products'>,
): Report {
  const own = new Map<string, number>();
  const nodes = new Map(
    tableRows(whole, 'intensity').map((row) => [text(row, 'node'), text(row, 'product')]),
  );
  const regions = new Map(
    tableRows(whole, 'intensity').map((row) => [text(row, 'node'), text(row, 'region')]),
  );
  for (const row of tableRows(whole, 'sources')) {
    const node = text(row, 'node');
    if (regions.get(node) !== region) continue;
    const product = nodes.get(node)!;
    own.set(product, (own.get(product) ?? 0) + number(row, 'value'));
  }
  const caused = new Map(
    tableRows(used, 'products').map((row) => [text(row, 'product'), number(row, 'value')]),
  );
  const size = (code: string) => Math.max(own.get(code) ?? 0, caused.get(code) ?? 0);
  const list = chain.products
    .filter(({ code }) => size(code) > 0)
    .sort((a, b) => size(b.code) - size(a.code));
  const unit = unitOf(whole, 'sources', 'value');
  const sectors: Table = {
    name: 'own_and_footprint',
    title: '',
    columns: [
      column(
        'product',
        'text',
        list.map(({ name }) => name),
      ),
      column(
        'own',
        'real',
        list.map(({ code }) => own.get(code) ?? 0),
        unit,
      ),
      column(
        'footprint',
        'real',
        list.map(({ code }) => caused.get(code) ?? 0),
        unit,
      ),
    ],
  };
  return { ...whole, tables: [...whole.tables, sectors] };
}

export const sectorFigure = (title: string, caption: string): Figure => ({
  kind: 'dumbbell',
  table: 'own_and_footprint',
  title,
  caption,
  columns: { label: 'product', from: 'own', to: 'footprint' },
  most: 16,
});

/** Rows of a table that a column says are of one thing. */
export function rowsWhere(table: Table, name: string, wanted: string): Table {
  const values = table.columns.find((one) => one.name === name)?.values ?? [];
  const kept = values.flatMap((value, i) => (value === wanted ? [i] : []));
  const columns = table.columns.map((one) => ({
    ...one,
    values: kept.map((i) => one.values[i] ?? null),
  }));
  return { ...table, columns };
}
