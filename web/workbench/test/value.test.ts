/** What the page of the value chain reads from reports. */
import { describe, expect, test } from 'vitest';
import { tableRows } from '../src/part/rows';
import { equationOf, methods, symbolsOf } from '../src/page/value/equation';
import { openedBy, readExports } from '../src/page/value/export';
import { mapFigure, readSmile, shapeOf, smileFigure, type Smile } from '../src/page/value/smile';
import { counted, readUpgrade } from '../src/page/value/upgrade';
import { chosenYears, saidOf, yearsBeside } from '../src/page/value/years';
import type { Chain, ChainSummary, Report } from '../src/interface';

type Cells = Record<string, (string | number | null)[]>;
function report(tables: Record<string, Cells>, units: Record<string, string> = {}): Report {
  return {
    analysis: 'x',
    title: '',
    question: '',
    verdict: true,
    findings: [],
    figures: [],
    provenance: {} as Report['provenance'],
    tables: Object.entries(tables).map(([name, columns]) => ({
      name,
      title: '',
      columns: Object.entries(columns).map(([column, values]) => ({
        name: column,
        type:
          typeof values.find((v) => v !== null) === 'string'
            ? ('text' as const)
            : ('real' as const),
        unit: units[column] ?? '',
        meaning: '',
        values,
      })),
    })),
  };
}

describe('years', () => {
  const own = {
    name: 'w11',
    year: 2011,
    classification: 'WIOD',
    regions: [{}, {}],
    products: [{}, {}, {}],
  } as unknown as Chain;
  const other = (name: string, year: number, more: Partial<ChainSummary> = {}): ChainSummary =>
    ({ name, year, classification: 'WIOD', regions: 2, products: 3, ...more }) as ChainSummary;
  const all = [
    other('w11', 2011),
    other('copy', 2011),
    other('w95', 1995),
    other('small', 2000, { regions: 1 }),
    other('icio', 2001, { classification: 'ISIC' }),
    other('old', 0),
  ];

  test('stand beside each other where classification and sizes are the same', () => {
    expect(yearsBeside(own, all)).toEqual([
      { chain: 'w95', year: 1995 },
      { chain: 'w11', year: 2011 },
    ]);
    expect(yearsBeside({ ...own, year: 0 }, all)).toEqual([{ chain: 'w11', year: 0 }]);
  });

  test('are all chosen at first, and the chain itself always', () => {
    const years = yearsBeside(own, [...all, other('w00', 2000)]);
    expect(chosenYears('', years, 'w11')).toEqual(years);
    expect(chosenYears('none', years, 'w11').map(({ chain }) => chain)).toEqual(['w11']);
    expect(chosenYears('w00', years, 'w11').map(({ chain }) => chain)).toEqual(['w00', 'w11']);
    for (const said of ['', 'none', 'w95']) {
      expect(saidOf(chosenYears(said, years, 'w11'), years, 'w11')).toBe(said);
    }
  });
});

describe('the smile curve', () => {
  const curve = (...ys: number[]): Smile => ({
    adders: [],
    unit: '',
    curve: ys.map((y, i) => [i - 1, y]),
  });
  test('smiles, frowns, rises or falls', () => {
    expect(shapeOf(curve(50, 20, 40))).toEqual({ shape: 'smiles', turn: 0 });
    expect(shapeOf(curve(20, 50, 40))).toEqual({ shape: 'frowns', turn: 0 });
    expect(shapeOf(curve(20, 30, 40)).shape).toBe('rises');
    expect(shapeOf(curve(40, 30, 20)).shape).toBe('falls');
    expect(shapeOf(curve()).shape).toBe('unknown');
  });

  test('is drawn on a plane that holds every year', () => {
    const of = (distance: number, share: number) =>
      report({
        smile: {
          label: ['A: x'],
          value_added: [3],
          share: [100],
          distance: [distance],
          value_added_share: [share],
        },
        smile_line: { distance: [distance - 1, distance + 1], value_added_share: [10, 12] },
      });
    const [now, then] = [of(1, 40), of(-2, 70)];
    const figure = smileFigure(now, [readSmile(now), readSmile(then)], 'T', '');
    expect(figure.plane?.span).toEqual({ x: [-3, 2], y: [10, 70] });
    expect(figure.plane?.curve).toEqual([
      [0, 10],
      [2, 12],
    ]);
  });

  test('regions too', () => {
    const of = (up: number, down: number) =>
      report({ regions: { name: ['A'], upstreamness: [up], downstreamness: [down], output: [1] } });
    expect(mapFigure([of(1, 3), of(2, 2)], 'T', '').plane?.span).toEqual({ x: [1, 2], y: [2, 3] });
  });
});

describe('exports', () => {
  const made = report(
    {
      composition: {
        label: ['USA', 'USA', 'USA', 'JPN', 'JPN', 'JPN'],
        term: ['vax1', 'vax2', 'fva1', 'vax1', 'vax2', 'fva1'],
        meaning: ['m1', 'm2', 'm3', 'm1', 'm2', 'm3'],
        content: ['domestic', 'domestic', 'foreign', 'domestic', 'domestic', 'foreign'],
        value: [10, 20, 10, 30, 10, 20],
      },
    },
    { value: 'million USD' },
  );

  test('are the sum of their terms over all partners', () => {
    const found = readExports(made);
    expect(found.total).toBe(100);
    expect(found.unit).toBe('million USD');
    expect(found.groups.map(({ content, value }) => [content, value])).toEqual([
      ['domestic', 70],
      ['foreign', 30],
    ]);
    expect(found.groups[0]!.terms.map(({ name, share }) => [name, share])).toEqual([
      ['vax1', 40],
      ['vax2', 30],
    ]);
  });

  test('open by partner: the contents, or the terms of one', () => {
    const named = { content: (one: string) => `<${one}>`, term: (one: string) => `[${one}]` };
    const whole = tableRows(openedBy(made, '', named), 'opened');
    expect(whole).toHaveLength(6);
    expect(whole[0]).toEqual({ label: 'USA', part: '<domestic>', value: 10 });
    const part = tableRows(openedBy(made, 'foreign', named), 'opened');
    expect(part.map(({ label, part: name, value }) => [label, name, value])).toEqual([
      ['USA', '[m3]', 10],
      ['JPN', '[m3]', 20],
    ]);
  });

  test('every method has its symbols', () => {
    for (const method of methods) expect(symbolsOf(method).length).toBeGreaterThan(4);
    expect(equationOf('wwz', 'mdc')).toContain('V_r B_rs');
    expect(equationOf('kww', 'nothing')).toBe('');
  });
});

describe('upgrading', () => {
  const made = report({
    measures: {
      measure: ['domestic_value_added', 'foreign_reliance', 'value_added_per_worker', 'other'],
      better: ['more', 'less', 'more', 'more'],
      moved: ['down', 'up', '', 'up'],
      first: [84, 20, null, 1],
      last: [77, 18, null, 2],
      unit: ['%', '%', 'million USD per persons', ''],
      rank_first: [5, 9, null, 1],
      rank_last: [12, 4, null, 1],
      peers: [41, 41, 0, 1],
    },
    course: { year: ['1995', '2011', '1995', '2011'] },
    passed: {
      measure: ['foreign_reliance', 'domestic_value_added'],
      passed: ['it', 'by it'],
      name: ['Japan', 'India'],
      first: [18, 80],
      last: [22, 81],
    },
  });

  test('is read measure by measure, unknown ones too, with who passed whom', () => {
    const found = readUpgrade(made);
    expect(found.years).toEqual(['1995', '2011']);
    expect(found.measures.map(({ measure }) => measure)).toEqual([
      'domestic_value_added',
      'foreign_reliance',
      'value_added_per_worker',
    ]);
    expect(found.measures[1]!.passed).toEqual([{ name: 'Japan', first: 18, last: 22 }]);
    expect(found.measures[0]!.passedBy.map(({ name }) => name)).toEqual(['India']);
    expect(found.measures[1]!.lessIsBetter).toBe(true);
  });

  test('counts what is known, what moved up and where rank was gained', () => {
    expect(counted(readUpgrade(made))).toEqual({ known: 2, up: 1, gained: 1 });
  });
});
