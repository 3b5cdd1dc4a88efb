/**
 * One point a row; as many labels as fit without touching, the farthest out first. A page may add a
 * curve beneath them, rules that divide the plane, and what the axes hold at least.
 */

import { scaleLinear, scaleLog, scaleSqrt } from 'd3-scale';
import {
  color,
  extent,
  label,
  line,
  measured,
  narrow,
  quantities,
  firstRows,
  limits,
  shownOf,
  shownNote,
  sizes,
  tickFormat,
  type Draw,
  type Quantity,
  type Space,
} from './chart';
import { columnFormat } from './number';
import { svg, type SvgNode } from './node';
import { axes, planeLeft, type Axis, type Plane } from './plane';
import { requiredColumn, roleColumn, rowCount, textAt, type Figure } from './report';
import { shorten } from './text';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Point {
  name: string;
  x: number;
  y: number;
  r: number;
  row: number;
}

const meets = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const boxOf = (p: Point): Box => ({ x: p.x - p.r, y: p.y - p.r, width: 2 * p.r, height: 2 * p.r });

/** Tries right, left, above and below of each point, and leaves a label out rather than overlap. */
function placeLabels(points: Point[], plane: Plane, space: Space): SvgNode[] {
  const taken = points.map(boxOf);
  const body: SvgNode[] = [];
  const far = (p: Point) => (p.x - plane.left) / space.width + (plane.bottom - p.y) / plane.bottom;
  for (const p of [...points].sort((a, b) => far(b) + b.r / 50 - far(a) - a.r / 50)) {
    const text = shorten(p.name, narrow(space) ? 150 : 250, sizes.small, space.measure);
    const width = space.measure(text, sizes.small);
    const places: Box[] = [
      { x: p.x + p.r + 4, y: p.y - 7, width, height: 14 },
      { x: p.x - p.r - 4 - width, y: p.y - 7, width, height: 14 },
      { x: p.x - width / 2, y: p.y - p.r - 17, width, height: 14 },
      { x: p.x - width / 2, y: p.y + p.r + 3, width, height: 14 },
    ];
    const free = places.find(
      (box) =>
        box.x >= plane.left &&
        box.x + box.width <= space.width &&
        box.y >= plane.top - 8 &&
        box.y + box.height <= plane.bottom &&
        !taken.some((other) => meets(other, box)),
    );
    if (!free) continue;
    taken.push(free);
    body.push(label(free.x, free.y + 11, text, { font: sizes.small }));
  }
  return body;
}

interface Ruler {
  (value: number): number;
  ticks(count?: number): number[];
  range(): number[];
}

/** Logarithmic where all values are positive and span more than a thousandfold. */
function scaleFor(values: number[], range: [number, number]): { scale: Ruler; log: boolean } {
  const [low, high] = extent(values);
  if (low > 0 && high / low > 1000) {
    return { scale: scaleLog([low, high], range).nice(), log: true };
  }
  const from = low > 0 && low < high / 2 ? 0 : low;
  return { scale: scaleLinear([from, high === from ? from + 1 : high], range).nice(), log: false };
}

function axisOf(quantity: Quantity, scale: Ruler, log: boolean, space: Space): Axis {
  const [a = 0, b = 0] = scale.range();
  const count = Math.max(2, Math.floor(Math.abs(b - a) / 80));
  const all = scale.ticks(count);
  const kept = log ? all.filter((tick) => Math.abs(Math.log10(tick) % 1) < 1e-9) : all;
  const format = log ? (tick: number) => columnFormat([tick], 1)(tick) : tickFormat(kept);
  const name = measured(quantity) + (log ? `, ${space.words.logScale}` : '');
  return { name, ticks: kept.map((tick) => ({ at: scale(tick), text: format(tick) })) };
}

type Ground = NonNullable<Figure['plane']>;

/** What an axis has to hold besides the points. */
function held(ground: Ground, axis: 'x' | 'y'): number[] {
  const at = axis === 'x' ? 0 : 1;
  const curve = (ground.curve ?? []).map((bend) => bend[at]);
  return [...(ground.span?.[axis] ?? []), ...curve, ...(ground.cross ? [ground.cross[axis]] : [])];
}

function drawGround(ground: Ground, plane: Plane, x: Ruler, y: Ruler): SvgNode[] {
  const { cross, curve = [] } = ground;
  const rules = cross
    ? [
        line(x(cross.x), plane.top, x(cross.x), plane.bottom, color('axis'), 1.25),
        line(plane.left, y(cross.y), plane.right, y(cross.y), color('axis'), 1.25),
      ]
    : [];
  if (curve.length === 0) return rules;
  const points = curve.map(([at, up]) => `${x(at).toFixed(1)},${y(up).toFixed(1)}`).join(' ');
  const paint = { fill: 'none', stroke: color('series-2'), 'stroke-width': 2 };
  return [...rules, svg('polyline', { points, ...paint })];
}

export const drawScatter: Draw = (figure, table, space) => {
  const rows = firstRows(shownOf(rowCount(table), figure.most, limits.points));
  const names = requiredColumn(table, figure, 'label');
  const x = quantities([requiredColumn(table, figure, 'x')], space, rows)[0]!;
  const y = quantities([requiredColumn(table, figure, 'y')], space, rows)[0]!;
  const sizeColumn = roleColumn(table, figure, 'size');
  const size = sizeColumn ? quantities([sizeColumn], space, rows)[0]! : undefined;
  const full = rows.filter(
    (_, i) => Number.isFinite(x.values[i]!) && Number.isFinite(y.values[i]!),
  );
  const plane: Plane = {
    left: 0,
    right: space.width - 8,
    top: 30,
    bottom: narrow(space) ? 330 : 420,
  };
  const ground = figure.plane ?? {};
  const vertical = scaleFor([...y.values, ...held(ground, 'y')], [plane.bottom, plane.top]);
  const yAxis = axisOf(y, vertical.scale, vertical.log, space);
  plane.left = planeLeft(
    yAxis.ticks.map((tick) => tick.text),
    space,
  );
  const across = scaleFor([...x.values, ...held(ground, 'x')], [plane.left + 6, plane.right - 6]);
  const xAxis = axisOf(x, across.scale, across.log, space);
  const area = scaleSqrt([0, Math.max(1e-300, extent(size?.values ?? [])[1])], [3, 18]);
  const points = full.map((row): Point => {
    const amount = size?.values[row] ?? NaN;
    const r = Number.isFinite(amount) ? area(Math.max(0, amount)) : size ? 3 : 5;
    return {
      name: textAt(names, row),
      x: across.scale(x.values[row]!),
      y: vertical.scale(y.values[row]!),
      r,
      row,
    };
  });
  const body = axes(plane, xAxis, yAxis, space);
  body.push(...drawGround(ground, plane, across.scale, vertical.scale));
  for (const p of [...points].sort((a, b) => b.r - a.r)) {
    const paint = { fill: color('accent'), 'fill-opacity': 0.72, stroke: color('page') };
    body.push(svg('circle', { cx: p.x, cy: p.y, r: p.r, ...paint }));
  }
  body.push(...placeLabels(points, plane, space));
  const marks = points.map((p) => {
    const said: [string, string][] = [
      [x.name, x.said(x.values[p.row]!)],
      [y.name, y.said(y.values[p.row]!)],
    ];
    if (size) said.push([size.name, size.said(size.values[p.row]!)]);
    return { ...boxOf(p), title: p.name, lines: said };
  });
  const left = shownNote(rows.length, rowCount(table), space.words);
  const note = [size ? space.words.size(measured(size)) : '', left].filter(Boolean).join('. ');
  return { width: space.width, height: plane.bottom + 46, body, marks, subtitle: '', note };
};
