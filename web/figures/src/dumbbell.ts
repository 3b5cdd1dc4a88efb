/** Two points a label, joined: direct against look-through. */

import { scaleLinear } from 'd3-scale';
import {
  color,
  extent,
  key,
  label,
  line,
  lines,
  labelsAbove,
  quantities,
  firstRows,
  limits,
  shownOf,
  ruler,
  shownNote,
  sizes,
  type Draw,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import type { Format } from './number';
import { requiredColumn, rowCount, textAt, type Figure, type Table } from './report';
import { widest, wrap } from './text';

interface Pair {
  name: string;
  from: number;
  to: number;
}

/** The smaller of two ends that read differently has its value on the left. */
function isLeft(value: number, other: number, format: Format): boolean {
  return value < other && format(value) !== format(other);
}

/** Both ends of one row with their values beside them, outward so that they never meet. */
function ends(row: Pair, y: number, x: (v: number) => number, format: Format): SvgNode[] {
  const { from, to } = row;
  const body: SvgNode[] = [];
  const both = Number.isFinite(from) && Number.isFinite(to);
  if (both) body.push(line(x(from), y, x(to), y, color('joint'), 4));
  for (const ring of [true, false]) {
    const [value, other] = ring ? [from, to] : [to, from];
    if (!Number.isFinite(value)) continue;
    const paint = ring
      ? { r: 5, fill: color('page'), stroke: color('series-2'), 'stroke-width': 2.5 }
      : { r: 6.25, fill: color('accent') };
    body.push(svg('circle', { cx: x(value), cy: y, ...paint }));
    if (ring && format(value) === format(other)) continue;
    const left = both && isLeft(value, other, format);
    const anchor = left ? ('end' as const) : ('start' as const);
    const fill = color(ring ? 'ink-soft' : 'ink');
    const style = { font: sizes.value, fill, anchor, halo: true };
    body.push(label(x(value) + (left ? -11 : 11), y + 4.5, format(value), style));
  }
  return body;
}

/** Room before the smallest value, so that no value on the left of a point leaves the chart. */
function leftRoom(pairs: Pair[], range: [number, number], width: number, needs: Needs): number {
  let room = 7;
  for (const { from, to } of pairs) {
    const low = Math.min(from, to);
    const text = needs.format(low);
    const along = (low - range[0]) / (range[1] - range[0]);
    if (!Number.isFinite(along) || along >= 0.9 || text === needs.format(Math.max(from, to)))
      continue;
    room = Math.max(room, (needs.width(text) + 14 - along * width) / (1 - along));
  }
  return Math.min(room, width / 3);
}

interface Needs {
  format: Format;
  width: (text: string) => number;
}

function read(figure: Figure, table: Table, space: Space) {
  const rows = firstRows(shownOf(rowCount(table), figure.most, limits.rows));
  const names = requiredColumn(table, figure, 'label');
  const columns = [requiredColumn(table, figure, 'from'), requiredColumn(table, figure, 'to')];
  const [from, to] = quantities(columns, space, rows) as [Quantity, Quantity];
  const pairs = rows.map((row, i): Pair => ({
    name: textAt(names, row),
    from: from.values[i]!,
    to: to.values[i]!,
  }));
  return { from, to, pairs };
}

export const drawDumbbell: Draw = (figure, table, space: Space) => {
  const { from, to, pairs } = read(figure, table, space);
  const width = (text: string) => space.measure(text, sizes.value);
  const names = pairs.map((pair) => pair.name);
  const natural = widest(names, sizes.label, space.measure);
  const above = labelsAbove(space, natural);
  const labelWidth = above ? space.width : Math.min(natural + 1, space.width * 0.36);
  const left = above ? 0 : labelWidth + 8;
  const height = above ? 44 : 32;
  const top = key(
    [
      { name: from.name, fill: color('series-2'), shape: 'ring' },
      { name: to.name, fill: color('accent'), shape: 'dot' },
    ],
    space,
  );
  const begin = top.height + 22;
  const all = [...from.values, ...to.values].filter(Number.isFinite);
  const [low, high] = extent([0, ...all]);
  const domain: [number, number] = [low, high === low ? low + 1 : high];
  const right = space.width - Math.max(0, ...all.map((v) => width(from.format(v)))) - 14;
  const room = leftRoom(pairs, domain, right - left, { format: from.format, width });
  const x = scaleLinear(domain, [left + room, right]);
  const bottom = begin + pairs.length * height;
  const body: SvgNode[] = [...top.body, ...ruler(x, begin, bottom, space)];
  const marks = pairs.map((pair, i): Mark => {
    const y = begin + i * height;
    const wrapped = wrap(pair.name, labelWidth, sizes.label, space.measure, above ? 1 : 2);
    const first = above ? y + 15 : y + height / 2 + 4.5 - (wrapped.length - 1) * 8;
    const style = { anchor: above ? ('start' as const) : ('end' as const), halo: true };
    body.push(...lines(above ? 0 : labelWidth, first, wrapped, style));
    body.push(...ends(pair, above ? y + 31 : y + height / 2, x, from.format));
    const said: Mark['lines'] = [
      [from.name, from.said(pair.from)],
      [to.name, to.said(pair.to)],
    ];
    return { x: 0, y, width: space.width, height, title: pair.name, lines: said };
  });
  const unit = to.unit === '' ? '' : `, ${to.unit}`;
  return {
    width: space.width,
    height: bottom + 4,
    body,
    marks,
    subtitle: `${space.words.against(from.name, to.name)}${unit}`,
    note: shownNote(pairs.length, rowCount(table), space.words),
  };
};
