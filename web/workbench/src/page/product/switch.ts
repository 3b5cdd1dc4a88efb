/** What `switch` holds, as the page shows it: switches, before and after, the curve, two risks. */

import type { Column, Figure } from '../../../../figures/src/report';
import type { Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';

/** Names of the switches a project states, in its order. */
export function switchesIn(project: string): string[] {
  const parts = project.split(/^\s*\[\[\s*switch\s*\]\].*$/m).slice(1);
  return parts.flatMap((part) => {
    const [own = ''] = part.split(/^\s*\[/m);
    const found = /^\s*name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/m.exec(own);
    return found ? [(found[1] ?? found[2] ?? '').replace(/\\(["\\])/g, '$1')] : [];
  });
}

/** "low-carbon steel=0.5, rail=0" -> shares; what is not a share is left out. */
export function readShares(said: string): Map<string, number> {
  const shares = new Map<string, number>();
  for (const part of said.split(',')) {
    const at = part.lastIndexOf('=');
    const name = part.slice(0, at).trim();
    const share = Number(part.slice(at + 1));
    if (at > 0 && name !== '' && share >= 0 && share <= 1) shares.set(name, share);
  }
  return shares;
}

export const sharesText = (shares: ReadonlyMap<string, number>): string =>
  [...shares].map(([name, share]) => `${name}=${share}`).join(',');

/** Shares with one changed. A share that is not named is the project's own. */
export const withShare = (
  shares: ReadonlyMap<string, number>,
  name: string,
  share: number,
): Map<string, number> => new Map([...shares, [name, share]]);

export interface Switch {
  name: string;
  kind: string;
  share: number;
  saved: number;
  savedShare: number;
  extraCost: number;
  currency: string;
  costPerTonne: number;
  from: string;
  to: string;
  source: string;
  quality: string;
}

export const switches = (report: Report): Switch[] =>
  tableRows(report, 'switches').map((row) => ({
    name: text(row, 'switch'),
    kind: text(row, 'kind'),
    share: number(row, 'share'),
    saved: number(row, 'saved'),
    savedShare: number(row, 'saved_share'),
    extraCost: number(row, 'extra_cost'),
    currency: text(row, 'currency'),
    costPerTonne: number(row, 'cost_per_tonne'),
    from: text(row, 'from'),
    to: text(row, 'to'),
    source: text(row, 'source'),
    quality: text(row, 'quality'),
  }));

/** Share the slider stands at: as the reader says, else as the answer has it, else all of it. */
export function shareOf(
  name: string,
  shares: ReadonlyMap<string, number>,
  known: ReadonlyMap<string, Switch>,
): number {
  const found = shares.get(name) ?? known.get(name)?.share ?? 1;
  return Number.isFinite(found) ? found : 1;
}

export interface Together {
  what: string;
  before: number;
  after: number;
  change: number;
  /** In per cent. */
  share: number;
  unit: string;
}

export const together = (report: Report): Together[] =>
  tableRows(report, 'together').map((row) => ({
    what: text(row, 'what'),
    before: number(row, 'before'),
    after: number(row, 'after'),
    change: number(row, 'change'),
    share: number(row, 'change_share'),
    unit: text(row, 'unit'),
  }));

/** Before and after, row by row of `components` or `tiers`. */
export const compareFigure = (table: 'components' | 'tiers', title: string): Figure => ({
  kind: 'dumbbell',
  table,
  title,
  caption: '',
  columns: { label: table === 'tiers' ? 'tier' : 'component', from: 'before', to: 'after' },
  most: 20,
});

/** The currency of all costs; '' where nothing has one. */
export const currencyOf = (report: Report): string =>
  switches(report).find(({ currency }) => currency !== '')?.currency ?? '';

/**
 * The report with a table "steps": the curve, its unit in the currency, and in words whether the
 * budget holds a step, where there is one that it does not.
 */
export function withSteps(report: Report, within: string, beyond: string): Report {
  const rows = tableRows(report, 'curve');
  const texts = (name: string, values: string[]): Column => ({
    name,
    type: 'text',
    unit: '',
    meaning: '',
    values,
  });
  const numbers = (name: string, unit: string): Column => ({
    name,
    type: 'real',
    unit,
    meaning: '',
    values: rows.map((row) => row[name] ?? null),
  });
  const inside = rows.map((row) => (text(row, 'within_budget') === 'no' ? beyond : within));
  const steps = {
    name: 'steps',
    title: '',
    columns: [
      texts(
        'switch',
        rows.map((row) => text(row, 'switch')),
      ),
      numbers('saved', unitOf(report, 'curve', 'saved')),
      numbers('cost_per_tonne', `${currencyOf(report)} / t CO2e`),
      texts('within_budget', inside),
    ],
  };
  return { ...report, tables: [...report.tables, steps] };
}

export const curveFigure = (title: string, caption: string): Figure => ({
  kind: 'steps',
  table: 'steps',
  title,
  caption,
  columns: { label: 'switch', width: 'saved', value: 'cost_per_tonne', color: 'within_budget' },
  most: 0,
});

/** Whether any step has a cost to be drawn by. */
export const hasCurve = (report: Report): boolean =>
  tableRows(report, 'curve').some(
    (row) => number(row, 'saved') > 0 && Number.isFinite(number(row, 'cost_per_tonne')),
  );

export interface Side {
  node: string;
  name: string;
  region: string;
  /** In per cent. */
  stops: number;
  systemic: number;
  exposure: number;
}

export interface Risk {
  name: string;
  from: Side | undefined;
  to: Side | undefined;
  verdict: string;
}

/** The two suppliers of each switch side by side. */
export function risks(report: Report): Risk[] {
  const found = new Map<string, Risk>();
  for (const row of tableRows(report, 'risk')) {
    const name = text(row, 'switch');
    const risk = found.get(name) ?? { name, from: undefined, to: undefined, verdict: '' };
    found.set(name, risk);
    const side: Side = {
      node: text(row, 'node'),
      name: text(row, 'name'),
      region: text(row, 'region'),
      stops: number(row, 'stops'),
      systemic: number(row, 'systemic'),
      exposure: number(row, 'exposure'),
    };
    if (text(row, 'side') === 'to') risk.to = side;
    else risk.from = side;
    risk.verdict ||= text(row, 'verdict');
  }
  return [...found.values()];
}
