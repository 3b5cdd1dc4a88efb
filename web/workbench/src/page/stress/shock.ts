/** What the report of `shock` holds, as the stress page shows it day by day. */

import type { Report } from '../../interface';
import { number, tableRows, text, type Row } from '../../part/rows';

/** Per cent of a normal day's output lost, a value a day; by the code of a region, the id of a maker. */
export type Courses = Map<string, number[]>;

export interface Indicator {
  name: string;
  /** NaN where it never happens. */
  value: number;
  unit: string;
  meaning: string;
  /** Ends between which nine of ten draws lie, where numbers were drawn. */
  band?: { low: number; high: number; never: number } | undefined;
}

export interface CauseStep {
  day: number;
  node: string;
  id: string;
  cause: string;
  input: string;
  through: string;
  dependence: number;
  least: number;
  leastDay: number;
}

export interface Cause {
  explains: string;
  steps: CauseStep[];
}

export interface Loser {
  id: string;
  name: string;
  region: string;
  product: string;
}

export interface Shock {
  last: number;
  /** Per cent of a normal day's output that is made, a value a day. */
  made: number[];
  /** Makers that an input held back, a value a day. */
  bound: number[];
  indicators: Indicator[];
  causes: Cause[];
  losers: Loser[];
  regions: Courses;
  ensemble: boolean;
}

const loss = (ofNormal: number): number =>
  Number.isFinite(ofNormal) ? Math.max(0, 100 - ofNormal) : 0;

/** The table `course` in whatever detail was asked for. */
export function readCourses(report: Report): Courses {
  const found: Courses = new Map();
  const rows = tableRows(report, 'course');
  const days = rows.reduce((most, row) => Math.max(most, number(row, 'day')), 0) + 1;
  for (const row of rows) {
    const code = text(row, 'code');
    const own = found.get(code) ?? new Array<number>(days).fill(0);
    own[number(row, 'day')] = loss(number(row, 'of_normal'));
    found.set(code, own);
  }
  return found;
}

function causesIn(report: Report): Cause[] {
  const found = new Map<string, CauseStep[]>();
  const rows = tableRows(report, 'causes');
  rows.sort((a, b) => number(a, 'step') - number(b, 'step'));
  for (const row of rows) {
    const explains = text(row, 'explains');
    const steps = found.get(explains) ?? [];
    steps.push({
      day: number(row, 'day'),
      node: text(row, 'node'),
      id: text(row, 'id'),
      cause: text(row, 'cause'),
      input: text(row, 'input'),
      through: text(row, 'through'),
      dependence: number(row, 'dependence'),
      least: number(row, 'least'),
      leastDay: number(row, 'least_day'),
    });
    found.set(explains, steps);
  }
  return [...found].map(([explains, steps]) => ({ explains, steps }));
}

function bandOf(row: Row | undefined): Indicator['band'] {
  if (!row) return undefined;
  return { low: number(row, 'low'), high: number(row, 'high'), never: number(row, 'never') };
}

function indicatorsIn(report: Report): Indicator[] {
  const bands = new Map(
    tableRows(report, 'indicator_bands').map((row) => [text(row, 'indicator'), row]),
  );
  return tableRows(report, 'indicators').map((row) => ({
    name: text(row, 'indicator'),
    value: number(row, 'value'),
    unit: text(row, 'unit'),
    meaning: text(row, 'meaning'),
    band: bandOf(bands.get(text(row, 'indicator'))),
  }));
}

export function readShock(report: Report): Shock {
  const days = tableRows(report, 'days');
  return {
    last: Math.max(0, days.length - 1),
    made: days.map((row) => number(row, 'of_normal')),
    bound: days.map((row) => number(row, 'bound')),
    indicators: indicatorsIn(report),
    causes: causesIn(report),
    losers: tableRows(report, 'nodes').map((row) => ({
      id: text(row, 'id'),
      name: text(row, 'node'),
      region: text(row, 'region'),
      product: text(row, 'product'),
    })),
    regions: readCourses(report),
    ensemble: tableRows(report, 'bands').length > 0,
  };
}

export const lossOn = (courses: Courses, code: string, day: number): number =>
  courses.get(code)?.[day] ?? 0;

/** Below this a maker counts as unharmed: per cent of its output. */
const seen = 0.05;

/** Makers that lose on a day, the worst first, and whether they lost nothing the day before. */
export function losersOn(
  shock: Shock,
  courses: Courses,
  day: number,
): { loser: Loser; loss: number; fresh: boolean }[] {
  return shock.losers
    .map((loser) => ({
      loser,
      loss: lossOn(courses, loser.id, day),
      fresh: day > 0 && lossOn(courses, loser.id, day - 1) < seen,
    }))
    .filter(({ loss }) => loss >= seen)
    .sort((a, b) => b.loss - a.loss);
}

/** Makers whose days are asked for: those in the picture, then the worst hit. */
export function watched(shock: Shock, inPicture: readonly string[], most: number): string[] {
  const wanted = [...inPicture, ...shock.losers.map(({ id }) => id)];
  return [...new Set(wanted)].slice(0, most);
}
