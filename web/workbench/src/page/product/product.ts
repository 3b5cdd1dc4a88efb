/** What `product` holds, as the page shows it: headline, tree, flows, bands, a PACT footprint. */

import type { Cell, Column, Figure, Table } from '../../../../figures/src/report';
import type { Report } from '../../interface';
import type { Branch } from '../../part/path_tree';
import { number, tableRows, text, unitOf } from '../../part/rows';

export interface Headline {
  product: string;
  amount: number;
  unit: string;
  footprint: number;
  /** Unit of the footprint. */
  weight: string;
  maker: string;
  /** Nine in ten draws lie between; NaN without draws. */
  low: number;
  high: number;
}

const ofDraws = (report: Report, what: string): number =>
  number(
    tableRows(report, 'quantiles').find((row) => text(row, 'what') === what),
    'footprint',
  );

export function headline(report: Report): Headline {
  const [row] = tableRows(report, 'footprint');
  return {
    product: text(row, 'product'),
    amount: number(row, 'amount'),
    unit: text(row, 'unit'),
    footprint: number(row, 'footprint'),
    weight: unitOf(report, 'footprint', 'footprint'),
    maker: text(row, 'maker'),
    low: ofDraws(report, 'quantile 0.05'),
    high: ofDraws(report, 'quantile 0.95'),
  };
}

/** What is said of a branch beside the processes of the inventory. */
export interface TreeWords {
  own: string;
  left: string;
}

/**
 * The tree, whose rows stand in the order in which they open. Under each branch, what it gives off
 * itself and what was left out are branches too, so that those of a branch sum to it.
 */
export function readTree(report: Report, words: TreeWords): Branch[] {
  const roots: Branch[] = [];
  const open: Branch[] = [];
  const total = headline(report).footprint;
  const share = (value: number) => (total === 0 ? 0 : (100 * value) / total);
  const leaf = (key: string, label: string, value: number): Branch => ({
    node: '',
    label,
    key,
    own: NaN,
    sum: value,
    share: share(value),
    branches: [],
  });
  tableRows(report, 'tree').forEach((row, i) => {
    const tier = number(row, 'tier');
    const [own, left] = [number(row, 'own'), number(row, 'left_out')];
    const name = text(row, 'process');
    const branch: Branch = { ...leaf(String(i), name, number(row, 'footprint')), node: name };
    open.length = Math.max(0, tier);
    (open[tier - 1]?.branches ?? roots).push(branch);
    open[tier] = branch;
    // A branch without others behind it is what it gives off itself.
    if (left !== 0) branch.branches.push(leaf(`${i}/left`, words.left, left));
    if (own !== 0) branch.branches.unshift(leaf(`${i}/own`, words.own, own));
  });
  settle(roots, words);
  return roots;
}

/** Largest first, what was left out last; a lone own part says no more than its branch. */
function settle(list: Branch[], words: TreeWords): void {
  const last = (one: Branch) => Number(one.node === '' && one.label === words.left);
  list.sort((a, b) => last(a) - last(b) || b.sum - a.sum);
  for (const one of list) {
    const [only, ...more] = one.branches;
    if (more.length === 0 && only?.label === words.own) one.branches = [];
    settle(one.branches, words);
  }
}

const column = (name: string, type: Column['type'], values: Cell[], unit = ''): Column => ({
  name,
  type,
  unit,
  meaning: '',
  values,
});

const source = 'emissions';

/**
 * The report with a table "flows" for a Sankey diagram: marked is what a process gives off itself,
 * and what arrives as the product.
 */
export function withFlows(report: Report): Report {
  const kept = tableRows(report, 'sankey');
  const marks = kept.map((row) => {
    if (text(row, 'from') === source) return 'own';
    return text(row, 'to').startsWith('asked: ') ? 'end' : '';
  });
  const flows: Table = {
    name: 'flows',
    title: '',
    columns: [
      column(
        'from',
        'text',
        kept.map((row, i) => (marks[i] === 'own' ? '' : text(row, 'from'))),
      ),
      column(
        'to',
        'text',
        kept.map((row, i) => (marks[i] === 'end' ? '' : text(row, 'to'))),
      ),
      column(
        'value',
        'real',
        kept.map((row) => number(row, 'footprint')),
        unitOf(report, 'sankey', 'footprint'),
      ),
      column('mark', 'text', marks),
    ],
  };
  return { ...report, tables: [...report.tables, flows] };
}

export const flowFigure = (title: string, caption: string): Figure => ({
  kind: 'sankey',
  table: 'flows',
  title,
  caption,
  columns: { from: 'from', to: 'to', value: 'value', mark: 'mark' },
  most: 0,
});

const bands = [
  ['quantile 0.025', 'quantile 0.975'],
  ['quantile 0.05', 'quantile 0.95'],
  ['quantile 0.25', 'quantile 0.75'],
] as const;

/** The report with a table "bands": between which two footprints so many of the draws lie. */
export function withBands(report: Report, names: readonly [string, string, string]): Report {
  const unit = unitOf(report, 'quantiles', 'footprint');
  const table: Table = {
    name: 'bands',
    title: '',
    columns: [
      column('band', 'text', [...names]),
      column(
        'low',
        'real',
        bands.map(([low]) => ofDraws(report, low)),
        unit,
      ),
      column(
        'high',
        'real',
        bands.map(([, high]) => ofDraws(report, high)),
        unit,
      ),
    ],
  };
  return { ...report, tables: [...report.tables, table] };
}

export const bandFigure = (title: string, caption: string): Figure => ({
  kind: 'dumbbell',
  table: 'bands',
  title,
  caption,
  columns: { label: 'band', from: 'low', to: 'high' },
  most: 0,
});

/** The footprint as PACT JSON, where the answer carries it. */
export const pactOf = (report: Report): string => text(tableRows(report, 'pact')[0], 'json');
