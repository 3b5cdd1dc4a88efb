/** What the report of `survive` holds, and what it is asked. */

import type { Parameters, Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';

export interface Stop {
  id: string;
  name: string;
  recovers: number;
  /** Days; infinite: for ever. */
  survives: number;
  lost: number;
  lostShare: number;
  stockAt: string;
  stockOf: string;
  /** Days gained for a day's normal use more in stock; NaN where no stock helps. */
  gained: number;
}

export interface Stops {
  /** Those survived less long than they take to recover, the dearest first; then by days survived. */
  list: Stop[];
  unit: string;
}

export const tooShort = ({ survives, recovers }: Stop): boolean => survives < recovers;

export function readStops(report: Report): Stops {
  const rows = tableRows(report, 'stops');
  const stops = rows.map((row): Stop => {
    const survives = number(row, 'survives');
    return {
      id: text(row, 'id'),
      name: text(row, 'node'),
      recovers: number(row, 'recovers'),
      survives: Number.isNaN(survives) ? Infinity : survives,
      lost: number(row, 'lost_profit'),
      lostShare: number(row, 'lost_share'),
      stockAt: text(row, 'stock_at'),
      stockOf: text(row, 'stock_of'),
      gained: number(row, 'days_per_unit'),
    };
  });
  const others = stops.filter((stop) => !tooShort(stop));
  others.sort((a, b) => (a.survives === b.survives ? 0 : a.survives - b.survives));
  return {
    list: [...stops.filter(tooShort), ...others],
    unit: unitOf(report, 'stops', 'lost_profit'),
  };
}

export interface SurvivalState {
  region: string;
  product: string;
  /** How many are stopped; 0: all. */
  top: number;
  recovery: number;
  inventory: number;
  finished: number;
  /** Per cent. */
  spare: number;
}

function amount(said: string, otherwise: number, most: number): number {
  const value = said === '' ? otherwise : Number(said);
  return Number.isFinite(value) && value >= 0 ? Math.min(most, value) : otherwise;
}

export const stopChoices = [20, 50, 100, 0];

export function readSurvival(asked: (name: string) => string): SurvivalState {
  return {
    region: asked('region'),
    product: asked('product'),
    top: stopChoices.find((n) => String(n) === asked('top')) ?? 20,
    recovery: amount(asked('recovery'), 30, 36_500),
    inventory: amount(asked('inventory'), 15, 36_500),
    finished: amount(asked('finished'), 0, 36_500),
    spare: amount(asked('spare'), 0, 10_000),
  };
}

export function survivalQuestion(state: SurvivalState): Parameters {
  const { region, product, top, recovery, inventory, finished, spare } = state;
  return {
    ...(region === '' ? {} : { region }),
    ...(product === '' ? {} : { product }),
    ...(top === 0 ? { all: 'on' } : { top }),
    recovery,
    inventory,
    finished,
    spare: spare / 100,
  };
}
