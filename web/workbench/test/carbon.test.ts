/** The page of carbon without a browser: accounts, colours, flows added up, sectors. */
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../figures/src/report';
import type { Chain, Report } from '../src/interface';
import {
  accounts,
  balanceColor,
  balanceItems,
  countedIn,
  flowsTo,
  gasesOf,
  knownWays,
  rowsWhere,
  shownOthers,
  steps,
  withEmbodied,
  withSectors,
} from '../src/page/carbon/carbon';
import { number, tableRows, text } from '../src/part/rows';
import { report } from '../../figures/test/fixture';
import { madeTable } from './made_table';

const made = (name: string, columns: Record<string, Cell[]>, unit = 'kt') =>
  madeTable(name, columns, unit);

const codes = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'];
/** Each region sends 100, 99, 98 ... to the next. */
const ring = made('flows', {
  from: codes,
  to: codes.map((_, i) => codes[(i + 1) % codes.length]!),
  from_name: codes.map((code) => `Region ${code}`),
  to_name: codes.map((_, i) => `Region ${codes[(i + 1) % codes.length]}`),
  value: codes.map((_, i) => 100 - i),
  share: codes.map(() => 1),
});
const regions = made('regions', {
  region: ['A', 'B', 'C'],
  name: ['Region A', 'Region B', 'Region C'],
  production: [100, 40, 10],
  consumption: [60, 50, 40],
  production_per_head: [null, null, null],
  consumption_per_head: [null, null, null],
  production_per_value_added: [2, 1, 0.5],
  consumption_per_value_added: [1.2, 1.25, 2],
});
const given: Report = report([regions, ring], []);
const asked = (values: Record<string, string>) => (name: string) => values[name] ?? '';
const chain = (...stressors: string[]) =>
  ({ stressors: stressors.map((name) => ({ name, unit: 'kt', quality: 'measured' })) }) as Chain;

describe('what is counted', () => {
  test('CO2 where there is any, else the first stressor, unless the address says another', () => {
    expect(countedIn(asked({}), chain('water', 'CO2')).stressor).toBe('CO2');
    expect(countedIn(asked({}), chain('water', 'energy')).stressor).toBe('water');
    expect(countedIn(asked({ stressor: 'water' }), chain('CO2', 'water')).stressor).toBe('water');
    expect(countedIn(asked({ stressor: 'gold' }), chain('CO2')).stressor).toBe('CO2');
  });

  test('together by a set of factors, which is no stressor', () => {
    const counted = countedIn(asked({ gwp: 'AR6', stressor: 'CO2' }), chain('CO2', 'CH4'));
    expect(counted).toEqual({ stressor: '', gwp: 'AR6' });
    expect(countedIn(asked({ gwp: 'AR9' }), chain('CO2')).gwp).toBe('');
    expect(gasesOf(chain('CO2', 'CH4', 'employment')).map(({ name }) => name)).toEqual([
      'CO2',
      'CH4',
    ]);
  });
});

describe('accounts', () => {
  test('by difference, in all and as a share of production', () => {
    expect(accounts(given, 'total').map(({ difference }) => difference)).toEqual([-40, 10, 30]);
    expect(accounts(given, 'share').map(({ difference }) => difference)).toEqual([-40, 25, 300]);
    expect(accounts(given, 'value_added')[0]!.difference).toBeCloseTo(-0.8, 9);
  });

  test('ways without any figure are not offered', () => {
    expect(knownWays(given)).toEqual(['total', 'share', 'value_added']);
  });

  test('colours diverge at zero, pale to strong, in the order of the key', () => {
    const at = steps(accounts(given, 'total'), 'total');
    expect(at).toEqual([1, 5, 15, 30]);
    expect(balanceColor(-40, at)).toBe('var(--seq-6)');
    expect(balanceColor(30, at)).toBe('var(--neg-6)');
    expect(balanceColor(10, at)).toBe('var(--neg-3)');
    expect(balanceColor(-0.5, at)).toBe('var(--seq-0)');
    expect(balanceColor(NaN, at)).toBe('var(--muted)');
    const words = { importer: 'in', exporter: 'out', even: 'even' };
    const items = balanceItems(at, String, words);
    expect(items.map(({ name }) => name)).toEqual([
      'out ≥ 30',
      '≥ 15',
      '≥ 5',
      '≥ 1',
      'even < 1',
      '≥ 1',
      '≥ 5',
      '≥ 15',
      'in ≥ 30',
    ]);
    expect(new Set(items.map(({ fill }) => fill)).size).toBe(items.length);
  });

  test('of equal accounts there are no steps', () => {
    const even = accounts(given, 'total').map((one) => ({ ...one, difference: 0 }));
    expect(steps(even, 'total')).toEqual([]);
    expect(balanceColor(0, [])).toBe('var(--seq-0)');
  });
});

describe('flows', () => {
  const sum = (made: Report) =>
    tableRows(made, 'embodied').reduce((total, row) => total + number(row, 'value'), 0);

  test('of the largest regions by name, the others added up, all in all the same', () => {
    const drawn = withEmbodied(given, '', 'others');
    expect(sum(drawn)).toBe(codes.reduce((total, _, i) => total + 100 - i, 0));
    expect(shownOthers(given, '')).toBe(3);
    const names = new Set(tableRows(drawn, 'embodied').map((row) => text(row, 'from')));
    expect(names.size).toBe(9);
    expect(names).toContain('others');
  });

  test('into and out of one region', () => {
    const drawn = withEmbodied(given, 'B', 'others');
    expect(sum(drawn)).toBe(100 + 99);
    expect(shownOthers(given, 'B')).toBe(0);
    expect(flowsTo(given, 'B')).toEqual([{ from: 'A', to: 'B', value: 100, share: 1 }]);
  });

  test('the two sides of a region are two nodes', () => {
    const [row] = tableRows(withEmbodied(given, 'B', 'others'), 'embodied');
    expect([text(row, 'from_key'), text(row, 'to_key')]).toEqual(['from/A', 'to/B']);
  });
});

describe('sectors', () => {
  const whole = report(
    [
      made('sources', { node: ['A.1', 'A.2', 'B.1'], label: ['', '', ''], value: [70, 30, 40] }),
      made('intensity', {
        node: ['A.1', 'A.2', 'B.1', 'B.2'],
        region: ['A', 'A', 'B', 'B'],
        product: ['1', '2', '1', '2'],
        total: [1, 2, 3, 4],
      }),
    ],
    [],
  );
  const used = report([made('products', { product: ['2', '1'], value: [50, 10] })], []);
  const products = ['1', '2', '3'].map((code) => ({
    code,
    name: `Product ${code}`,
    name_zh: '',
    part_of: '',
  }));

  test('own emissions of the region beside what its final use causes', () => {
    const rows = tableRows(withSectors(whole, used, 'A', { products }), 'own_and_footprint');
    expect(
      rows.map((row) => [text(row, 'product'), number(row, 'own'), number(row, 'footprint')]),
    ).toEqual([
      ['Product 1', 70, 10],
      ['Product 2', 30, 50],
    ]);
  });

  test('factors of one region alone', () => {
    const own = rowsWhere(whole.tables[1]!, 'region', 'B');
    expect(own.columns.find(({ name }) => name === 'total')!.values).toEqual([3, 4]);
    expect(rowsWhere(whole.tables[1]!, 'region', 'Z').columns[0]!.values).toEqual([]);
  });
});
