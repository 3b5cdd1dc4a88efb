import { describe, expect, test } from 'vitest';
import { draw, frame } from '../src/draw';
import { stepOf, thresholds } from '../src/heatmap';
import { markup, type SvgNode } from '../src/node';
import { FigureError } from '../src/report';
import { estimate } from '../src/text';
import { figure, real, space, table, text } from './fixture';
import { chain, tiersFigure } from './tier_sample';

const names = [
  'Mining and quarrying',
  'Coke, refined petroleum and nuclear fuel',
  '电气机械和器材',
];
const long = names.flatMap((a) => names.map((b) => [a, b] as const));
const samples = {
  bars: [
    figure('bars', { label: 'name', part: 'part', value: 'low', value_high: 'high' }),
    table(
      text('name', names),
      text('part', ['Japan', '', 'Taiwan']),
      real('low', '%', [3, -2, null]),
      real('high', '%', [5, 1, 2]),
    ),
  ],
  stacked: [
    figure('stacked', { label: 'row', part: 'column', value: 'v' }),
    table(
      text(
        'row',
        long.map((p) => p[0]),
      ),
      text(
        'column',
        long.map((p) => p[1]),
      ),
      real(
        'v',
        'kt',
        long.map((_, i) => i * 3000 - 4000),
      ),
    ),
  ],
  multiples: [
    figure('multiples', { panel: 'row', label: 'column', value: 'v' }),
    table(
      text(
        'row',
        long.map((p) => p[0]),
      ),
      text(
        'column',
        long.map((p) => p[1]),
      ),
      real(
        'v',
        '%',
        long.map((_, i) => i),
      ),
    ),
  ],
  dumbbell: [
    figure('dumbbell', { label: 'name', from: 'a', to: 'b' }),
    table(text('name', names), real('a', '%', [0.1, 5, null]), real('b', '%', [4, 5, 9])),
  ],
  heatmap: [
    figure('heatmap', { row: 'row', column: 'column', value: 'v' }),
    table(
      text(
        'row',
        long.map((p) => p[0]),
      ),
      text(
        'column',
        long.map((p) => p[1]),
      ),
      real(
        'v',
        '%',
        long.map((_, i) => (i === 4 ? null : i - 1)),
      ),
    ),
  ],
  scatter: [
    figure('scatter', { label: 'name', x: 'a', y: 'b', size: 'c' }),
    table(
      text('name', names),
      real('a', '', [0.2, 0.5, 0.9]),
      real('b', '%', [4, 50, 9]),
      real('c', 't', [1, null, 9]),
    ),
  ],
  lines: [
    figure('lines', { x: 'x', y: 'y', series: 's' }),
    table(
      real('x', '', [2000, 2001, 2002, 2000, 2001, 2002]),
      real('y', '%', [1, 2, null, 4, 3, 2]),
      text('s', ['a', 'a', 'a', 'b', 'b', 'b']),
    ),
  ],
  'lines with bands': [
    figure('lines', { x: 'day', y: 'middle', low: 'p5', high: 'p95', series: 's' }),
    table(
      real('day', 'days', [0, 1, 2, 0, 1, 2]),
      real('middle', '%', [0, 5, 2, 0, 3, 2]),
      real('p5', '%', [0, 4, 1, 0, null, 1]),
      real('p95', '%', [0, 9, 3, 0, null, 4]),
      text('s', ['a', 'a', 'a', 'b', 'b', 'b']),
    ),
  ],
  tiers: [tiersFigure, chain],
  steps: [
    figure('steps', { label: 'name', width: 'saved', value: 'cost', color: 'within' }),
    table(
      text('name', [...names, 'unknown cost']),
      real('saved', 'kg CO2e', [300, 4, 120, 9]),
      real('cost', 'EUR / t CO2e', [-40, 15, 900, null]),
      text('within', ['yes', 'yes', 'no', 'no']),
    ),
  ],
  sankey: [
    figure('sankey', { from: 'from', to: 'to', value: 'v', mark: 'mark' }),
    table(
      text('from', [...long.map(([a]) => a), ...names, ...names]),
      text('to', [
        ...long.map(([, b], i) => `${b} ${i % 4}`),
        ...names.map(() => 'asked'),
        ...names,
      ]),
      real('v', 'kg CO2e', [...long.map((_, i) => i * 30), 300, 700, 500, 40, 80, 90]),
      text('mark', [...long.map(() => ''), '', '', '', 'own', 'own', 'own']),
    ),
  ],
} as const;

/** Every text element with the box it takes up, unturned ones only. */
function texts(node: SvgNode, found: { text: string; x0: number; x1: number; y: number }[] = []) {
  if (node.tag === 'text' && node.attributes['transform'] === undefined) {
    const content = String(node.children[0]);
    const x = Number(node.attributes['x']);
    const width = estimate(content, {
      size: Number(node.attributes['font-size']),
      weight: Number(node.attributes['font-weight'] ?? 400),
    });
    const anchor = node.attributes['text-anchor'];
    const x0 = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
    found.push({ text: content, x0, x1: x0 + width, y: Number(node.attributes['y']) });
  }
  for (const child of node.children) if (typeof child !== 'string') texts(child, found);
  return found;
}

describe.each(Object.entries(samples))('%s', (_, [one, data]) => {
  test.each([320, 388, 520, 760, 1100])('is finite and inside its frame at %d px', (width) => {
    const drawing = draw(one, data, space(width));
    const svg = frame(drawing, 'Title', 'Description');
    expect(markup(svg)).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawing.marks.length).toBeGreaterThan(0);
    for (const { text: content, x0, x1, y } of texts(svg)) {
      expect(x0, `${content} starts inside`).toBeGreaterThanOrEqual(-1);
      expect(x1, `${content} ends inside`).toBeLessThanOrEqual(drawing.width + 1);
      expect(y).toBeLessThanOrEqual(drawing.height);
    }
  });

  test.each([320, 388, 760])('has no two labels on top of each other at %d px', (width) => {
    const all = texts(frame(draw(one, data, space(width)), 'Title', 'Description'));
    all.forEach((a, i) => {
      for (const b of all.slice(i + 1)) {
        const apart = Math.abs(a.y - b.y) >= 10 || a.x1 <= b.x0 + 1 || b.x1 <= a.x0 + 1;
        expect(apart, `'${a.text}' and '${b.text}'`).toBe(true);
      }
    });
  });
});

describe('a figure', () => {
  const [bars, data] = samples.bars;

  test('names the column it lacks', () => {
    const wrong = figure('bars', { label: 'name', value: 'nothing' });
    expect(() => draw(wrong, data, space(600))).toThrow("table 't' has no column 'nothing'");
    expect(() => draw(figure('bars', { label: 'name' }), data, space(600))).toThrow(FigureError);
    expect(() => draw(figure('constructor', {}), data, space(600))).toThrow(FigureError);
  });

  test('shows at most as many rows as it says, and says how many there are', () => {
    const drawing = draw({ ...bars, most: 2 }, data, space(600));
    expect(drawing.marks).toHaveLength(2);
    expect(drawing.note).toBe('2 of 3 shown.');
  });

  test('shows both ends of a bracket, and an empty cell in words', () => {
    const svg = markup(frame(draw(bars, data, space(600)), 'T', 'D'));
    expect(svg).toContain('3 – 5');
    expect(svg).toContain('no data');
  });

  test('keeps hostile names as text', () => {
    const evil = '</script><script>alert(1)</script>" onload="x';
    const hostile = table(text('name', [evil]), real('v', evil, [1]));
    const drawing = draw(figure('bars', { label: 'name', value: 'v' }), hostile, space(2000));
    const svg = markup(frame(drawing, evil, evil));
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('" onload');
  });

  test('takes a table of any length, and draws no more than helps a reader', () => {
    const many = Array.from({ length: 300_000 }, (_, i) => i);
    const big = table(
      text(
        'name',
        many.map((i) => `name ${i % 1000}`),
      ),
      text(
        'part',
        many.map((i) => `part ${i % 997}`),
      ),
      real('a', '%', many),
      real(
        'zero',
        '',
        many.map(() => 0),
      ),
    );
    const roles = {
      width: 'a',
      label: 'name',
      value: 'a',
      row: 'name',
      column: 'part',
      panel: 'name',
      part: 'part',
    };
    const axes = { x: 'a', y: 'a', series: 'name', from: 'a', to: 'a' };
    const ends = { tier: 'zero', supplier: 'name', customer: 'part' };
    const regions = { supplier_region: 'part', customer_region: 'name' };
    for (const kind of new Set(Object.values(samples).map(([one]) => one.kind))) {
      const drawing = draw(
        figure(kind, { ...roles, ...axes, ...ends, ...regions }),
        big,
        space(700),
      );
      expect(drawing.body.length, kind).toBeLessThan(60_000);
      expect(drawing.note, kind).toMatch(/ of \d+ shown/);
    }
  });

  test('draws the same twice', () => {
    const once = JSON.stringify(draw(bars, data, space(700)));
    expect(JSON.stringify(draw(bars, data, space(700)))).toBe(once);
  });
});

describe('bands', () => {
  const [lines, data] = samples['lines with bands'];
  const drawing = draw(lines, data, space(700));
  const areas = drawing.body.filter(({ attributes }) => attributes['fill-opacity'] !== undefined);

  test('lie around the lines that have ends, on the scale of the lines', () => {
    expect(areas).toHaveLength(2);
    const first = String(areas[0]!.attributes['d']);
    const heights = [...first.matchAll(/[ML,][\d.]+,([\d.]+)/g)].map((found) => Number(found[1]));
    const { top, bottom } = drawing.across!;
    expect(heights.length).toBeGreaterThan(4);
    for (const y of heights) {
      expect(y).toBeGreaterThanOrEqual(top);
      expect(y).toBeLessThanOrEqual(bottom);
    }
  });

  test('are told with the line, where there are any', () => {
    const [, day1] = drawing.marks;
    expect(day1!.lines.map(([name]) => name)).toEqual(['Middle', 'P5', 'P95']);
    expect(drawing.marks.find(({ title }) => title === 'b, 1')!.lines).toHaveLength(1);
  });

  test('a chart says where a value of x stands', () => {
    const { across } = drawing;
    expect([across!.from, across!.to]).toEqual([0, 2]);
    expect(drawing.marks[1]!.x + 4).toBeCloseTo(across!.x(1), 9);
  });
});

describe('the steps of a heat map', () => {
  test('are even for even values', () => {
    expect(thresholds([1, 2, 3, 4, 5, 6])).toEqual([1, 2, 3, 4, 5]);
  });

  test('follow 1, 3, 10, 30 when a few values are far larger', () => {
    expect(thresholds([0.1, 0.2, 0.2, 0.3, 0.5, 90])).toEqual([0.1, 0.3, 1, 3, 10, 30]);
  });

  test('rise with the value from the first to the last colour', () => {
    const bounds = [0.1, 0.3, 1, 3, 10, 30];
    expect([0, 0.2, 0.5, 2, 5, 20, 90].map((v) => stepOf(v, bounds))).toEqual([
      0, 1, 2, 4, 5, 6, 7,
    ]);
    expect(stepOf(5, [])).toBe(0);
  });
});
