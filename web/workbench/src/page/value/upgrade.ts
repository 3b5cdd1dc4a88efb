/** The report of `upgrade`: five measures of a region over the years, whom it passed. */

import type { Report } from '../../interface';
import { number, tableRows, text } from '../../part/rows';

export const measures = [
  'domestic_value_added',
  'high_technology',
  'position',
  'value_added_per_worker',
  'foreign_reliance',
] as const;
export type Measure = (typeof measures)[number];

export type Moved = 'up' | 'down' | 'same' | '';

export interface Measured {
  measure: Measure;
  lessIsBetter: boolean;
  moved: Moved;
  first: number;
  last: number;
  unit: string;
  rankFirst: number;
  rankLast: number;
  peers: number;
  passed: Passing[];
  passedBy: Passing[];
}

export interface Passing {
  name: string;
  first: number;
  last: number;
}

export interface Upgrade {
  years: string[];
  measures: Measured[];
}

const isMeasure = (name: string): name is Measure => (measures as readonly string[]).includes(name);

function passing(report: Report, measure: string, how: string): Passing[] {
  return tableRows(report, 'passed')
    .filter((row) => text(row, 'measure') === measure && text(row, 'passed') === how)
    .map((row) => ({
      name: text(row, 'name'),
      first: number(row, 'first'),
      last: number(row, 'last'),
    }));
}

export function readUpgrade(report: Report): Upgrade {
  const years = [...new Set(tableRows(report, 'course').map((row) => text(row, 'year')))];
  const measured = tableRows(report, 'measures').flatMap((row): Measured[] => {
    const measure = text(row, 'measure');
    if (!isMeasure(measure)) return [];
    return [
      {
        measure,
        lessIsBetter: text(row, 'better') === 'less',
        moved: text(row, 'moved') as Moved,
        first: number(row, 'first'),
        last: number(row, 'last'),
        unit: text(row, 'unit'),
        rankFirst: number(row, 'rank_first'),
        rankLast: number(row, 'rank_last'),
        peers: number(row, 'peers'),
        passed: passing(report, measure, 'it'),
        passedBy: passing(report, measure, 'by it'),
      },
    ];
  });
  return { years, measures: measured };
}

/** How many measures are known at both ends, how many moved up, on how many rank was gained. */
export function counted({ measures: all }: Upgrade): {
  known: number;
  up: number;
  gained: number;
} {
  const known = all.filter(({ first, last }) => Number.isFinite(first) && Number.isFinite(last));
  return {
    known: known.length,
    up: known.filter(({ moved }) => moved === 'up').length,
    gained: known.filter(({ rankFirst, rankLast }) => rankLast < rankFirst).length,
  };
}

/** "84.1", "-0.031": digits enough to see a change in a measure. */
export const decimals: Record<Measure, number> = {
  domestic_value_added: 1,
  high_technology: 1,
  position: 3,
  value_added_per_worker: 2,
  foreign_reliance: 1,
};
