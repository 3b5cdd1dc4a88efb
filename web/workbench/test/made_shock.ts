/** A made-up report of `shock` for any chain: a shock that passes from maker to maker and heals. */

import type { Chain, Node } from '../src/interface';

interface Column {
  name: string;
  type: 'text' | 'integer' | 'real';
  unit: string;
  meaning: string;
  values: (string | number | null)[];
}

type Cells = Record<string, [unit: string, values: (string | number | null)[]]>;

function table(name: string, cells: Cells) {
  const columns = Object.entries(cells).map(([column, [unit, values]]): Column => {
    const type = values.some((value) => typeof value === 'string') ? 'text' : 'real';
    return { name: column, type, unit, meaning: '', values };
  });
  return { name, title: name, columns };
}

/** Per cent of a normal day that the i-th maker makes: later and less harmed the further it is. */
export function madeOn(i: number, day: number): number {
  const since = day - 1 - 3 * i;
  if (since < 0) return 100;
  const depth = 80 / (1 + 0.4 * i);
  return 100 - depth * Math.exp(-Math.max(0, since - 10) / 20);
}

export interface Asked {
  chain: Chain;
  nodes: Node[];
  /** Of the analysis: by, nodes, scenario. */
  query: URLSearchParams;
  days?: number;
}

function course(rows: { name: string; code: string; i: number }[], days: number) {
  const all = rows.flatMap((row) => Array.from({ length: days }, (_, day) => ({ ...row, day })));
  return table('course', {
    day: ['', all.map(({ day }) => day)],
    name: ['', all.map(({ name }) => name)],
    of_normal: ['%', all.map(({ i, day }) => madeOn(i, day))],
    code: ['', all.map(({ code }) => code)],
  });
}

function curves(chain: Chain, days: number) {
  const four = chain.products.slice(0, 4);
  const rows = four.flatMap(({ name }, i) =>
    Array.from({ length: days }, (_, day) => ({ day, name, i })),
  );
  const common = { day: rows.map(({ day }) => day), name: rows.map(({ name }) => name) };
  return [
    table('unmet_by_product', {
      day: ['', common.day],
      product: ['', common.name],
      unmet: ['%', rows.map(({ i, day }) => (100 - madeOn(i + 2, day)) / 2)],
    }),
    table('stock_by_product', {
      day: ['', common.day],
      product: ['', common.name],
      stock: ['%', rows.map(({ i, day }) => (100 + madeOn(i, day)) / 2)],
    }),
  ];
}

function totals(days: number, unit: string) {
  const all = Array.from({ length: days }, (_, day) => day);
  const made = all.map((day) => (madeOn(0, day) + madeOn(4, day) + 400) / 6);
  const bands = ['low', 'q25', 'median', 'q75', 'high'] as const;
  const around = (values: number[], factor: number) =>
    Object.fromEntries(bands.map((end, i) => [end, values.map((v) => v + factor * (i - 2) * v)]));
  const lost = around(
    made.map((value) => 100 - value),
    0.15,
  );
  return {
    days: table('days', {
      day: ['', all],
      of_normal: ['%', made],
      final_unmet: [`${unit} / day`, made.map((value) => 9 * (100 - value))],
      bound: ['', all.map((day) => (day > 3 && day < 60 ? 7 : 0))],
    }),
    bands: table('bands', {
      day: ['', all],
      ...Object.fromEntries(
        bands.flatMap((end) => [
          [`output_${end}`, ['%', lost[end]!.map((value) => 100 - value)]],
          [`unmet_${end}`, [`${unit} / day`, lost[end]!.map((value) => 9 * value)]],
        ]),
      ),
    } as Cells),
  };
}

const indicators: [string, number | null, string][] = [
  ['maximum loss', 26.6, '%'],
  ['day of it', 13, 'day'],
  ['time to 95 %', 41, 'days'],
  ['total loss', 482_113, ''],
  ['total loss, share', 0.71, '%'],
  ['loss multiplier', 3.2, 'times'],
  ['final use unmet, share', 1.3, '%'],
  ['time to survive', 6, 'days'],
];

/** What the server would answer. */
export function madeShock({ chain, nodes, query, days = 120 }: Asked): unknown {
  const byNode = query.get('by') === 'node';
  const wanted = (query.get('nodes') ?? '').split(',');
  const hit = nodes.slice(0, 12);
  const shares = byNode
    ? wanted.map((id) => ({ name: id, code: id, i: hit.findIndex((node) => node.id === id) }))
    : chain.regions.map(({ name, code }, i) => ({ name, code, i: i + 1 }));
  const { days: daily, bands } = totals(days, chain.unit);
  const ensemble = (query.get('scenario') ?? '').includes('[ensemble]');
  const one = <T>(of: (node: Node, i: number) => T) => hit.map(of);
  const tables = [
    table('indicators', {
      indicator: ['', indicators.map(([name]) => name)],
      value: ['', indicators.map(([, value]) => value)],
      unit: ['', indicators.map(([, , unit]) => unit || chain.unit)],
      meaning: ['', indicators.map(() => 'all days')],
    }),
    table('causes', {
      explains: ['', [hit[1]!.label, hit[1]!.label]],
      step: ['', [1, 2]],
      day: ['', [1, 4]],
      node: ['', [hit[0]!.label, hit[1]!.label]],
      cause: ['', ['lost capacity', 'short of an input']],
      input: ['', ['', chain.products[0]!.name]],
      through: ['', [hit[0]!.id, hit[0]!.label]],
      dependence: ['%', [null, 38]],
      least: ['%', [20, 43]],
      least_day: ['', [11, 14]],
      id: ['', [hit[0]!.id, hit[1]!.id]],
    }),
    table('nodes', {
      node: ['', one(({ label }) => label)],
      value_added_lost: [chain.unit, one((_, i) => 9000 / (i + 1))],
      least: ['%', one((_, i) => madeOn(i, 12 + 3 * i))],
      region: ['', one(({ region }) => region)],
      product: ['', one(({ product }) => product)],
      id: ['', one(({ id }) => id)],
    }),
    daily,
    course(
      shares.filter(({ i }) => i >= 0),
      days,
    ),
    ...curves(chain, days),
    ...(ensemble && !byNode ? [bands] : []),
  ];
  const text = 'Output oscillates: after the last event it turns four times or more.';
  return {
    analysis: 'shock',
    title: 'Made up',
    question: '',
    verdict: true,
    findings: [{ text, tone: 'warning' }],
    figures: [],
    tables,
    provenance: {
      chain: chain.name,
      title: '',
      year: 0,
      unit: chain.unit,
      source: '',
      licence: '',
      version: '',
      parameters: {},
      residuals: [],
      notes: [],
    },
  };
}
