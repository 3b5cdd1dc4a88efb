/** The page of products without a browser: the tree, flows, bands, inventories, switches. */
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../figures/src/report';
import { report } from '../../figures/test/fixture';
import { madeTable } from './made_table';
import {
  choicesIn,
  hasPact,
  hasSwitches,
  preferredText,
  readPreferred,
  template,
  textIn,
} from '../src/page/product/inventory';
import { headline, pactOf, readTree, withBands, withFlows } from '../src/page/product/product';
import {
  hasCurve,
  readShares,
  risks,
  shareOf,
  sharesText,
  switches,
  switchesIn,
  together,
  withShare,
  withSteps,
} from '../src/page/product/switch';
import { number, tableRows, text } from '../src/part/rows';

const made = (name: string, columns: Record<string, Cell[]>, unit = 'kg CO2e') =>
  madeTable(name, columns, unit);

const footprint = made('footprint', {
  product: ['car'],
  amount: [1],
  unit: ['piece'],
  footprint: [100],
  maker: ['plant'],
});
const tree = made('tree', {
  tier: [0, 1, 2, 1],
  process: ['plant', 'steel', 'coal', 'cells'],
  footprint: [100, 60, 20, 30],
  own: [10, 38, 20, 30],
  left_out: [0, 2, 0, 0],
});
const words = { own: 'own', left: 'left' };

describe('the tree', () => {
  test('every branch is the sum of those below it', () => {
    const [root] = readTree(report([footprint, tree], []), words);
    const check = (branch: typeof root & object) => {
      if (branch.branches.length === 0) return;
      const sum = branch.branches.reduce((total, one) => total + one.sum, 0);
      expect(sum, branch.label).toBeCloseTo(branch.sum, 9);
      branch.branches.forEach(check);
    };
    check(root!);
    expect(root!.branches.map(({ label }) => label)).toEqual(['steel', 'cells', 'own']);
    expect(root!.branches.map(({ share }) => share)).toEqual([60, 30, 10]);
  });

  test('largest first, what was left out last; a lone own part is no branch', () => {
    const [root] = readTree(report([footprint, tree], []), words);
    const [steel, cells] = root!.branches;
    expect(steel!.branches.map(({ label }) => label)).toEqual(['own', 'coal', 'left']);
    expect(cells!.branches).toEqual([]);
    expect(steel!.branches[1]!.branches).toEqual([]);
  });
});

describe('flows', () => {
  const flows = (from: string[], to: string[], value: number[]) =>
    report([footprint, made('sankey', { from, to, footprint: value })], []);

  test('what is given off, and what arrives, is marked', () => {
    const drawn = withFlows(
      flows(['plant', 'steel', 'emissions'], ['asked: car', 'plant', 'steel'], [100, 60, 38]),
    );
    const rows = tableRows(drawn, 'flows');
    expect(rows.map((row) => [text(row, 'from'), text(row, 'to'), text(row, 'mark')])).toEqual([
      ['plant', '', 'end'],
      ['steel', 'plant', ''],
      ['', 'steel', 'own'],
    ]);
  });
});

test('the headline has its band only where numbers were drawn', () => {
  expect(headline(report([footprint], [])).high).toBeNaN();
  const what = ['mean', 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975].map((q) =>
    typeof q === 'string' ? q : `quantile ${q}`,
  );
  const drawn = report(
    [footprint, made('quantiles', { what, footprint: [101, 70, 80, 95, 100, 105, 120, 130] })],
    [],
  );
  expect(headline(drawn)).toMatchObject({ footprint: 100, low: 80, high: 120, weight: 'kg CO2e' });
  const bands = tableRows(withBands(drawn, ['a', 'b', 'c']), 'bands');
  expect(bands.map((row) => [number(row, 'low'), number(row, 'high')])).toEqual([
    [70, 130],
    [80, 120],
    [95, 105],
  ]);
});

test('a footprint for a customer is there where the answer carries it', () => {
  expect(pactOf(report([footprint], []))).toBe('');
  expect(pactOf(report([made('pact', { json: ['{"a": "1"}'] })], []))).toBe('{"a": "1"}');
});

describe('inventories', () => {
  test('the template is the one the command line prints', () => {
    expect(template).toMatch(/^# A product's inventory/);
    expect(template).toContain('[[activity]]');
    expect(template.trimEnd().endsWith('"')).toBe(true);
    expect(textIn('x = R"(a "b" (c))" R"toml(d)toml";')).toBe('a "b" (c)d');
  });

  const grids = `[prefer]
"electricity" = "grid China"
steel = "works"
[product]
product = "car"
[[activity]]
id = "grid China"
name = "electricity, China"
output = [{ product = "electricity", unit = "kWh" }]
input = [{ product = "coal", amount = 1, unit = "kg" }]
[[activity]]
id = "grid Yunnan"
output = [
  { product = "electricity", amount = { lognormal = [1, 1.1] }, unit = "kWh" },
  { product = "heat", unit = "MJ" },
]
[[activity]]
id = "works"
output = [{ product = "steel" }]
input = [{ product = "electricity", amount = 1, unit = "kWh" }]
`;

  test('say who could supply what several make', () => {
    expect(choicesIn(grids)).toEqual([
      {
        product: 'electricity',
        usual: 'grid China',
        makers: [
          { id: 'grid China', name: 'electricity, China' },
          { id: 'grid Yunnan', name: 'grid Yunnan' },
        ],
      },
    ]);
    expect(choicesIn(template)).toEqual([]);
  });

  test('another maker is named in the address, the usual one is not', () => {
    const [grid] = choicesIn(grids);
    const said = preferredText('steel=scrap', grid!, 'grid Yunnan');
    expect(said).toBe('steel=scrap,electricity=grid Yunnan');
    expect(preferredText(said, grid!, 'grid China')).toBe('steel=scrap');
    expect(readPreferred('=x,y=,z')).toEqual(new Map());
  });

  test('say whether they have switches and whose footprint it is', () => {
    expect(hasPact(template)).toBe(true);
    expect(hasSwitches('[[switch]]\nname = "a"')).toBe(true);
    expect(hasSwitches('# [[switch]]')).toBe(false);
    expect(hasPact('# [pact]')).toBe(false);
  });
});

describe('switches', () => {
  const project = `title = "A car"
[[switch]]
name = "low-carbon \\"green\\" steel"
[[switch]]   # second
product = "electricity"
name = 'wind, not coal'
[[price]]
name = "no switch"
`;

  test('are found in the project, in its order', () => {
    expect(switchesIn(project)).toEqual(['low-carbon "green" steel', 'wind, not coal']);
    expect(switchesIn('title = "none"')).toEqual([]);
  });

  test('shares are written as they are asked for', () => {
    const shares = withShare(readShares('steel=0.5, rail=0'), 'rail', 0.25);
    expect(sharesText(shares)).toBe('steel=0.5,rail=0.25');
    expect(readShares('steel=2,=1,rail,wind=x')).toEqual(new Map());
    expect(shareOf('steel', shares, new Map())).toBe(0.5);
    expect(shareOf('unnamed', shares, new Map())).toBe(1);
  });

  const answer = report(
    [
      made('switches', {
        switch: ['steel', 'rail'],
        kind: ['material', 'route'],
        share: [0.5, 1],
        saved: [12, -3],
        saved_share: [12, -3],
        extra_cost: [4, null],
        currency: ['EUR', ''],
        cost_per_tonne: [333, null],
        from: ['a', 'b'],
        to: ['c', 'd'],
        source: ['s', 's'],
        quality: ['estimated', ''],
      }),
      made('together', {
        what: ['footprint', 'cost'],
        before: [100, null],
        after: [91, null],
        change: [-9, 4],
        change_share: [-9, null],
        unit: ['kg CO2e', 'EUR'],
      }),
      made('curve', {
        switch: ['steel'],
        saved: [12],
        cost_per_tonne: [333],
        within_budget: ['yes'],
      }),
      made('risk', {
        switch: ['steel', 'steel'],
        side: ['from', 'to'],
        node: ['CHN.steel', 'SWE.steel'],
        name: ['China: Steel', 'Sweden: Steel'],
        region: ['CHN', 'SWE'],
        stops: [3, 9],
        systemic: [1, 0.1],
        exposure: [20, 2],
        verdict: ['', 'a worse choke point'],
      }),
    ],
    [],
  );

  test('what each saves; what is not known stays so', () => {
    const [steel, rail] = switches(answer);
    expect(steel).toMatchObject({ share: 0.5, saved: 12, costPerTonne: 333 });
    expect(rail!.saved).toBe(-3);
    expect(rail!.extraCost).toBeNaN();
    expect(shareOf('steel', new Map(), new Map([['steel', steel!]]))).toBe(0.5);
    expect(together(answer)[1]!.before).toBeNaN();
  });

  test('the curve is in the currency of the costs, and says what the budget holds', () => {
    const drawn = withSteps(answer, 'within', 'beyond').tables.at(-1)!;
    const values = (name: string) => drawn.columns.find((one) => one.name === name)!;
    expect(values('cost_per_tonne').unit).toBe('EUR / t CO2e');
    expect(values('within_budget').values).toEqual(['within']);
    expect(hasCurve(answer)).toBe(true);
    const both = made('curve', {
      switch: ['a', 'b'],
      saved: [1, 2],
      cost_per_tonne: [5, null],
      within_budget: ['yes', 'no'],
    });
    const steps = withSteps(report([both], []), 'within', 'beyond').tables.at(-1)!;
    expect(steps.columns.map(({ values }) => values[1])).toEqual(['b', 2, null, 'beyond']);
    const unknown = made('curve', { switch: ['a'], saved: [1], cost_per_tonne: [null] });
    expect(hasCurve(report([unknown], []))).toBe(false);
  });

  test('both suppliers stand side by side with one verdict', () => {
    const [one] = risks(answer);
    expect([one!.from!.stops, one!.to!.stops]).toEqual([3, 9]);
    expect(one!.verdict).toBe('a worse choke point');
  });
});
