/** What a page may put beneath the points of a scatter. */
import { expect, test } from 'vitest';
import { draw } from '../src/draw';
import type { SvgNode } from '../src/node';
import type { Figure } from '../src/report';
import { figure, real, space, table, text } from './fixture';

const points = table(
  text('name', ['one', 'two']),
  real('a', 'stages', [-1, 1]),
  real('b', '%', [20, 40]),
);
const plain = figure('scatter', { label: 'name', x: 'a', y: 'b' });
const drawn = (plane?: Figure['plane']) =>
  draw(plane ? { ...plain, plane } : plain, points, space(760));

const tags = (nodes: readonly (SvgNode | string)[], tag: string): SvgNode[] =>
  nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [...(node.tag === tag ? [node] : []), ...tags(node.children, tag)],
  );
const centres = (body: SvgNode[]) =>
  tags(body, 'circle').map(({ attributes }) => [
    Number(attributes['cx']),
    Number(attributes['cy']),
  ]);

test('a curve goes through the points it is given in their units', () => {
  const { body } = drawn({
    curve: [
      [-1, 20],
      [0, 10],
      [1, 40],
    ],
  });
  const [line] = tags(body, 'polyline');
  const bends = String(line!.attributes['points'])
    .split(' ')
    .map((bend) => bend.split(',').map(Number));
  expect(bends).toHaveLength(3);
  const [one, two] = centres(body);
  expect(bends[0]![0]).toBeCloseTo(one![0]!, 0);
  expect(bends[0]![1]).toBeCloseTo(one![1]!, 0);
  expect(bends[2]![1]).toBeCloseTo(two![1]!, 0);
  expect(bends[1]![1]!).toBeGreaterThan(bends[0]![1]!); // lower on the plane: less
  expect(tags(drawn().body, 'polyline')).toHaveLength(0);
});

test('rules divide the plane where they are told to, even beyond the points', () => {
  const { body } = drawn({ cross: { x: 0, y: 60 } });
  const rules = tags(body, 'line').slice(-2);
  const [upright, level] = rules.map(({ attributes }) => attributes);
  expect(upright!['x1']).toBe(upright!['x2']);
  expect(level!['y1']).toBe(level!['y2']);
  const highest = Math.min(...centres(body).map(([, y]) => y!));
  expect(Number(level!['y1'])).toBeLessThan(highest);
});

test('axes hold what they are told, so that two figures can be compared', () => {
  const wide = { span: { x: [-4, 4] as [number, number], y: [0, 100] as [number, number] } };
  const apart = (list: number[][]) => Math.abs(list[0]![0]! - list[1]![0]!);
  expect(apart(centres(drawn(wide).body))).toBeLessThan(apart(centres(drawn().body)) / 2);
});
