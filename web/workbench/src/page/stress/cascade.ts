/** What the report of `cascade` with rounds holds, as the stress page shows it. */

import type { Chain, Report } from '../../interface';
import { number, tableRows, text, unitOf, type Row } from '../../part/rows';

export interface Hit {
  id: string;
  name: string;
  region: string;
  product: string;
  lost: number;
  shock: number;
  amount: number;
  /** Normal output, in the unit of amount. */
  output: number;
}

export interface Group {
  name: string;
  lost: number;
  shock: number;
  amount: number;
}

export interface Step {
  node: string;
  lost: number;
  cause: string;
  input: string;
  through: string;
  dependence: number;
  itsLoss: number;
  substituted: number;
}

export interface Explanation {
  node: string;
  lost: number;
  steps: Step[];
}

export interface Cascade {
  /** Per cent of the whole chain lost, by weight: output, value_added. */
  losses: Map<string, { lost: number; shock: number }>;
  hit: number;
  hits: Hit[];
  products: Group[];
  regions: Group[];
  explanations: Explanation[];
  /** Number of the last round; 0 is the shock itself. */
  rounds: number;
  /** Of each maker listed: [round, loss], in order of rounds. */
  changes: Map<string, [number, number][]>;
  totals: { round: number; lost: number; hit: number }[];
  unit: string;
  atRest: boolean;
}

function hitOf(row: Row): Hit {
  const lost = number(row, 'lost');
  const amount = number(row, 'amount');
  return {
    id: text(row, 'id'),
    name: text(row, 'node'),
    region: text(row, 'region'),
    product: text(row, 'product'),
    lost,
    shock: number(row, 'shock'),
    amount,
    output: lost > 0 ? (100 * amount) / lost : 0,
  };
}

function groups(report: Report, table: string, column: string): Group[] {
  return tableRows(report, table).map((row) => ({
    name: text(row, column),
    lost: number(row, 'lost'),
    shock: number(row, 'shock'),
    amount: number(row, 'amount'),
  }));
}

function stepOf(row: Row): Step {
  return {
    node: text(row, 'node'),
    lost: number(row, 'lost'),
    cause: text(row, 'cause'),
    input: text(row, 'input'),
    through: text(row, 'through'),
    dependence: number(row, 'dependence'),
    itsLoss: number(row, 'its_loss'),
    substituted: number(row, 'substituted'),
  };
}

function explanations(report: Report): Explanation[] {
  const steps = tableRows(report, 'steps');
  return tableRows(report, 'explanations').map((row) => {
    const node = text(row, 'node');
    const own = steps.filter((step) => text(step, 'explains') === node);
    own.sort((a, b) => number(a, 'step') - number(b, 'step'));
    return { node, lost: number(row, 'lost'), steps: own.map(stepOf) };
  });
}

function changesOf(report: Report): Cascade['changes'] {
  const found: Cascade['changes'] = new Map();
  for (const row of tableRows(report, 'rounds')) {
    const id = text(row, 'node');
    const list = found.get(id) ?? [];
    list.push([number(row, 'round'), number(row, 'loss')]);
    found.set(id, list);
  }
  for (const list of found.values()) list.sort((a, b) => a[0] - b[0]);
  return found;
}

export function readCascade(report: Report): Cascade {
  const scenarios = tableRows(report, 'scenarios');
  const first = text(scenarios[0], 'weight');
  const totals = tableRows(report, 'round_totals')
    .filter((row) => text(row, 'weight') === first)
    .map((row) => ({
      round: number(row, 'round'),
      lost: number(row, 'loss'),
      hit: number(row, 'hit'),
    }));
  return {
    losses: new Map(
      scenarios.map((row) => [
        text(row, 'weight'),
        { lost: number(row, 'esri'), shock: number(row, 'shock') },
      ]),
    ),
    hit: number(scenarios[0], 'hit'),
    hits: tableRows(report, 'nodes').map(hitOf),
    products: groups(report, 'products', 'product'),
    regions: groups(report, 'regions', 'region'),
    explanations: explanations(report),
    rounds: totals.reduce((most, { round }) => Math.max(most, round), 0),
    changes: changesOf(report),
    totals,
    unit: unitOf(report, 'nodes', 'amount'),
    atRest: text(scenarios[0], 'at_rest') !== 'no',
  };
}

/** Per cent of its output a maker has lost by a round; 0 before it is hit. */
export function lossAt(cascade: Cascade, node: string, round: number): number {
  const changes = cascade.changes.get(node);
  if (!changes) return 0;
  let loss = 0;
  for (const [at, value] of changes) {
    if (at > round) break;
    loss = value;
  }
  return loss;
}

/** Makers with a loss by a round, the worst first, and whether it came in this round. */
export function hitBy(
  cascade: Cascade,
  round: number,
): { hit: Hit; loss: number; fresh: boolean }[] {
  return cascade.hits
    .map((hit) => {
      const loss = lossAt(cascade, hit.id, round);
      return { hit, loss, fresh: round > 0 && lossAt(cascade, hit.id, round - 1) === 0 };
    })
    .filter(({ loss }) => loss > 0)
    .sort((a, b) => b.loss - a.loss);
}

/** Per cent of its output each region has lost by a round, by code. */
export function regionLosses(
  cascade: Cascade,
  chain: Pick<Chain, 'regions'>,
  round: number,
): Map<string, number> {
  const total = new Map<string, number>();
  const atEnd = new Map<string, number>();
  const codes = new Map(chain.regions.map(({ code, name }) => [name, code]));
  for (const { name, lost, amount } of cascade.regions) {
    if (lost > 0) total.set(codes.get(name) ?? name, (100 * amount) / lost);
    atEnd.set(codes.get(name) ?? name, lost);
  }
  const gone = new Map<string, number>();
  for (const { id, region, output } of cascade.hits) {
    gone.set(region, (gone.get(region) ?? 0) + lossAt(cascade, id, round) * output);
  }
  return new Map(
    chain.regions.map(({ code }) => {
      if (round >= cascade.rounds) return [code, atEnd.get(code) ?? 0]; // all makers, not the listed
      const all = total.get(code) ?? 0;
      return [code, all > 0 ? (gone.get(code) ?? 0) / all : 0];
    }),
  );
}

/** Two lists of groups beside each other, the larger loss first. */
export function beside(
  a: Group[],
  b: Group[] | undefined,
): { name: string; a: number; b: number }[] {
  const found = new Map<string, { name: string; a: number; b: number }>();
  for (const { name, lost } of a) found.set(name, { name, a: lost, b: 0 });
  for (const { name, lost } of b ?? []) {
    const known = found.get(name);
    if (known) known.b = lost;
    else found.set(name, { name, a: 0, b: lost });
  }
  return [...found.values()]
    .filter(({ a, b }) => a > 0 || b > 0)
    .sort((x, y) => Math.max(y.a, y.b) - Math.max(x.a, x.b));
}
