/** How long we last: what is asked, and what a report of `survive` holds. */
import { describe, expect, test } from 'vitest';
import type { Column, Report } from '../../figures/src/report';
import {
  readStops,
  readSurvival,
  survivalQuestion,
  tooShort,
} from '../src/page/blockages/survival';

const given = (values: Record<string, string>) => (name: string) => values[name] ?? '';

describe('what is asked', () => {
  test('is what the analysis takes by itself where nothing is said', () => {
    expect(survivalQuestion(readSurvival(given({})))).toEqual({
      top: 20,
      recovery: 30,
      inventory: 15,
      finished: 0,
      spare: 0,
    });
  });

  test('shares are per cent on the page; all makers are asked for by name', () => {
    const asked = { top: '0', spare: '12.5', region: 'CHN', product: 'car', recovery: 'x' };
    expect(survivalQuestion(readSurvival(given(asked)))).toEqual({
      region: 'CHN',
      product: 'car',
      all: 'on',
      recovery: 30,
      inventory: 15,
      finished: 0,
      spare: 0.125,
    });
    expect(readSurvival(given({ top: '7', inventory: '-3', finished: '1e9' }))).toMatchObject({
      top: 20,
      inventory: 15,
      finished: 36_500,
    });
  });
});

test('stops: too short ones in the order of the report; an empty survival is for ever', () => {
  const column = (name: string, values: (string | number | null)[], unit = ''): Column => ({
    name,
    type: typeof values[0] === 'string' ? 'text' : 'real',
    unit,
    meaning: '',
    values,
  });
  const report = {
    tables: [
      {
        name: 'stops',
        title: '',
        columns: [
          column('node', ['Cells', 'Mines', 'Cars']),
          column('recovers', [30, 30, 30], 'days'),
          column('survives', [12, null, 45], 'days'),
          column('lost_profit', [7, 0, 0], 'million USD'),
          column('lost_share', [3, 0, 0], '%'),
          column('stock_at', ['Packs', '', '']),
          column('stock_of', ['cell', '', '']),
          column('days_per_unit', [1, null, null]),
          column('id', ['cell', 'mine', 'car']),
        ],
      },
    ],
  } as unknown as Report;
  const stops = readStops(report);
  expect(stops.unit).toBe('million USD');
  expect(stops.list.map((stop) => [stop.id, stop.survives, tooShort(stop)])).toEqual([
    ['cell', 12, true],
    ['car', 45, false],
    ['mine', Infinity, false],
  ]);
  expect(stops.list[0]).toMatchObject({ lost: 7, lostShare: 3, stockAt: 'Packs', gained: 1 });
});
