/** Sankey diagrams: nodes in balance, none on another, loops cut and said. */
import { describe, expect, test } from 'vitest';
import { draw } from '../src/draw';
import type { SvgNode } from '../src/node';
import type { Table } from '../src/report';
import { columnsIn } from '../src/sankey_layout';
import { backward, readSankey } from '../src/sankey_model';
import { figure, real, space, table, text } from './fixture';

type Flow = [from: string, to: string, value: number, mark?: string];

const roles = { from: 'from', to: 'to', value: 'value', mark: 'mark' };
export const flowTable = (flows: Flow[]): Table =>
  table(
    text(
      'from',
      flows.map(([from]) => from),
    ),
    text(
      'to',
      flows.map(([, to]) => to),
    ),
    real(
      'value',
      'kg CO2e',
      flows.map(([, , value]) => value),
    ),
    text(
      'mark',
      flows.map(([, , , mark]) => mark ?? ''),
    ),
  );

/** A product of two parts; current is made of coal, and the coal mine takes current and steel. */
const car: Flow[] = [
  ['car', 'asked', 100],
  ['body', 'car', 60],
  ['battery', 'car', 25],
  ['steel', 'body', 45],
  ['current', 'body', 10],
  ['current', 'battery', 20],
  ['current', 'steel', 6],
  ['current', 'coal', 1],
  ['coal', 'current', 7],
  ['coal', 'steel', 2],
  ['', 'car', 15, 'own'],
  ['', 'body', 5, 'own'],
  ['', 'battery', 4, 'own'],
  ['', 'steel', 37, 'own'],
  ['', 'current', 30, 'own'],
  ['', 'coal', 8, 'own'],
];
const read = (flows: Flow[], width = 1000, most = 0) =>
  readSankey(
    figure('sankey', roles, most),
    flowTable(flows),
    space(width),
    columnsIn(space(width)),
  );

const all = (nodes: SvgNode[], tag: string): SvgNode[] =>
  nodes.flatMap((node) => [
    ...(node.tag === tag ? [node] : []),
    ...all(
      node.children.filter((child): child is SvgNode => typeof child !== 'string'),
      tag,
    ),
  ]);

describe('the balance', () => {
  test.each([300, 1000])('what comes in and arises is what goes out, at %d px', (width) => {
    const { nodes, links } = read(car, width);
    expect(nodes.length).toBeGreaterThan(2);
    for (const node of nodes) {
      const into = links.reduce((sum, { to, value }) => sum + (to === node ? value : 0), 0);
      const out = links.reduce((sum, { from, value }) => sum + (from === node ? value : 0), 0);
      expect(into + node.own + node.gatheredIn, node.name).toBeCloseTo(node.value, 9);
      if (node.key !== 'asked')
        expect(out + node.gatheredOut, node.name).toBeCloseTo(node.value, 9);
    }
  });

  test('all that arises and all that is added up is what arrives', () => {
    for (const width of [300, 1000]) {
      const { nodes, total } = read(car, width);
      const sum = nodes.reduce(
        (s, { own, gatheredIn, gatheredOut }) => s + own + gatheredIn - gatheredOut,
        0,
      );
      expect(total).toBe(100);
      expect(sum).toBeCloseTo(100, 9);
    }
  });

  test('what a table leaves out is added up where it is missing', () => {
    const few = car.filter(([from, to]) => !(from === 'current' && to === 'battery'));
    const battery = read(few).nodes.find(({ name }) => name === 'battery')!;
    expect(battery.gatheredIn).toBeCloseTo(21, 9); // 25 go out, 4 arise in it
    const current = read(few).nodes.find(({ name }) => name === 'current')!;
    expect(current.gatheredOut).toBeCloseTo(20, 9);
  });

  test('flows too small to draw are added up, not lost', () => {
    const { nodes, links } = read([...car, ['paint', 'body', 0.2]]);
    expect(links.some(({ from }) => from.name === 'paint')).toBe(false);
    const body = nodes.find(({ name }) => name === 'body')!;
    expect(body.gatheredIn).toBeCloseTo(0.2, 9);
    expect(body.gatheredOut).toBeCloseTo(0.2, 9);
  });
});

describe('an end that is marked', () => {
  const listed: Flow[] = [
    ['car', '', 100, 'end'],
    ['body', 'car', 60],
    ['battery', 'car', 25],
    ['steel', 'body', 45],
    ['wire', 'copper', 2], // what copper supplies is not listed
    ['', 'car', 5, 'own'],
  ];

  test('is the whole: what the table does not list of it is added up', () => {
    const { nodes, total } = read(listed);
    const car = nodes.find(({ name }) => name === 'car')!;
    expect(total).toBe(100);
    expect([car.value, car.share, car.layer]).toEqual([100, 100, 0]);
    expect(car.gatheredIn).toBeCloseTo(10, 9);
    expect(car.gatheredOut).toBe(0);
  });

  test('what does not lead to it is added up, not drawn beside it', () => {
    const names = read(listed).nodes.map(({ name }) => name);
    expect(names.sort()).toEqual(['battery', 'body', 'car', 'steel']);
  });

  test('its maker may supply others too', () => {
    const loop: Flow[] = [
      ['coal', '', 50, 'end'],
      ['coal', 'power', 20],
      ['power', 'coal', 30],
      ['', 'coal', 40, 'own'],
      ['', 'power', 10, 'own'],
    ];
    const { nodes, links } = read(loop);
    const coal = nodes.find(({ name }) => name === 'coal')!;
    expect(coal).toMatchObject({ value: 70, gatheredIn: 0, gatheredOut: 0, end: 50 });
    expect(links.filter(({ loop }) => loop)).toHaveLength(1);
    const drawing = draw(figure('sankey', roles), flowTable(loop), space(700));
    const ends = all(drawing.body, 'rect').filter((one) => one.attributes['data-flow'] === 'end');
    expect(ends).toHaveLength(1);
  });
});

describe('loops', () => {
  test('the smallest flow of a loop is cut, the larger stay', () => {
    const { links, nodes } = read(car);
    const cut = links.filter(({ loop }) => loop);
    expect(cut.map(({ from, to }) => `${from.name} > ${to.name}`)).toEqual(['current > coal']);
    const layer = (name: string) => nodes.find((node) => node.name === name)!.layer;
    expect(layer('asked')).toBe(0);
    expect(layer('coal')).toBeGreaterThan(layer('current'));
    for (const { from, to, loop } of links) {
      if (!loop) expect(from.layer).toBeGreaterThan(to.layer);
    }
  });

  test('are said with their share', () => {
    const drawing = draw(figure('sankey', roles), flowTable(car), space(1000));
    expect(drawing.note).toContain('Cut where a loop closes: current → coal (1.0');
  });

  test('two flows between the same makers: one is cut', () => {
    const flows = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'b', to: 'c' },
    ];
    expect([...backward(flows)]).toEqual([1]);
  });

  test('a product of itself alone is drawn', () => {
    const drawing = draw(figure('sankey', roles), flowTable([['', 'lorry', 5, 'own']]), space(600));
    expect(drawing.marks).toHaveLength(1);
  });
});

/** Bars of nodes as drawn. */
const bars = (drawing: { body: SvgNode[] }) =>
  all(drawing.body, 'rect')
    .filter(({ attributes }) => attributes['data-node'] !== undefined)
    .map(({ attributes }) => ({
      name: String(attributes['data-node']),
      x: Number(attributes['x']),
      y: Number(attributes['y']),
      height: Number(attributes['height']),
    }));

describe('the drawing', () => {
  const many: Flow[] = Array.from({ length: 60 }, (_, i): Flow => [
    `maker ${i}`,
    i < 12 ? 'end' : `maker ${i % 12}`,
    i < 12 ? 40 : 5,
  ]);

  test.each([
    ['a car', car, 320],
    ['a car', car, 760],
    ['many', many, 420],
    ['many', many, 1200],
  ] as const)('%s: no bar on another, none outside', (_, flows, width) => {
    const drawing = draw(figure('sankey', roles), flowTable([...flows]), space(width));
    const found = bars(drawing);
    expect(found.length).toBeGreaterThan(2);
    for (const [i, a] of found.entries()) {
      expect(a.y).toBeGreaterThan(0);
      expect(a.y + a.height).toBeLessThanOrEqual(drawing.height);
      expect(a.x + 12).toBeLessThanOrEqual(width);
      for (const b of found.slice(i + 1)) {
        const apart = Math.abs(a.x - b.x) > 12 || a.y >= b.y + b.height || b.y >= a.y + a.height;
        expect(apart, `${a.name} and ${b.name}`).toBe(true);
      }
    }
  });

  test('heights of all that enters a bar sum to the bar', () => {
    const drawing = draw(figure('sankey', roles), flowTable(car), space(1100));
    const steel = bars(drawing).find(({ name }) => name === 'steel')!;
    const asked = bars(drawing).find(({ name }) => name === 'asked')!;
    expect(steel.height / asked.height).toBeCloseTo(0.45, 2);
  });

  test('where there is no room for all columns, those furthest away are added up and told', () => {
    const narrow = draw(figure('sankey', roles), flowTable(car), space(320));
    expect(narrow.note).toMatch(/\d more columns on the left are added up/);
    expect(bars(narrow).map(({ name }) => name)).not.toContain('coal');
    expect(draw(figure('sankey', roles), flowTable(car), space(1100)).note).not.toContain(
      'columns',
    );
  });

  test('the note tells shares that add up to 100 %', () => {
    const note = draw(figure('sankey', roles), flowTable(car), space(1000)).note;
    const [drawn, rest] = [...note.matchAll(/([\d.]+)\u202f%/g)].map(([, share]) => Number(share));
    expect(drawn! + rest!).toBeCloseTo(100, 9);
  });

  test('two sides of the same names stand apart by their keys; parts have colours', () => {
    const trade = table(
      text('from', ['China', 'Germany']),
      text('to', ['Germany', 'China']),
      text('a', ['out/CHN', 'out/DEU']),
      text('b', ['in/DEU', 'in/CHN']),
      text('part', ['China', 'Germany']),
      real('value', 'kt', [5, 3]),
    );
    const two = {
      from: 'from',
      to: 'to',
      value: 'value',
      from_key: 'a',
      to_key: 'b',
      part: 'part',
    };
    const drawing = draw(figure('sankey', two), trade, space(700));
    expect(bars(drawing)).toHaveLength(4);
    expect(drawing.note).toBe('');
    const fills = all(drawing.body, 'path').map(({ attributes }) => attributes['fill']);
    expect(fills).toEqual(['var(--series-1)', 'var(--series-2)']);
  });

  test('flows below zero are told, not drawn', () => {
    const drawing = draw(
      figure('sankey', roles),
      flowTable([...car, ['scrap', 'car', -4]]),
      space(1000),
    );
    expect(drawing.note).toContain('1 flows below zero are not drawn.');
  });
});
