/**
 * Lines over a year, a date or any ordered x; each is named at its right end. Where the figure has
 * the roles `low` and `high`, a band around each line.
 */

import { scaleLinear } from 'd3-scale';
import { area, line as path } from 'd3-shape';
import {
  extent,
  key,
  label,
  measured,
  narrow,
  positions,
  quantities,
  firstRows,
  limits,
  shownOf,
  series as seriesColor,
  seriesCount,
  sizes,
  tickFormat,
  type Draw,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import { axes, planeLeft, type Axis, type Plane } from './plane';
import {
  numberAt,
  requiredColumn,
  roleColumn,
  rowCount,
  textAt,
  type Column,
  type Figure,
  type Table,
} from './report';
import { shorten, widest } from './text';
import { humanName } from './words';

interface Series {
  name: string;
  points: Point[];
}

interface Point {
  x: number;
  y: number;
  row: number;
  /** Ends of the band, NaN where there is none. */
  low: number;
  high: number;
}

/** x as a number: itself, or the place of a text in the order it comes. */
function abscissa(
  column: Column,
  rows: number[],
): { values: number[]; texts: string[] | undefined } {
  if (column.type !== 'text') {
    return { values: rows.map((row) => numberAt(column, row)), texts: undefined };
  }
  const at = positions(rows.map((row) => textAt(column, row)));
  return { values: rows.map((row) => at.get(textAt(column, row))!), texts: [...at.keys()] };
}

function xAxis(column: Column, values: number[], texts: string[] | undefined, x: XScale): Axis {
  if (texts) return { name: '', ticks: texts.map((text, i) => ({ at: x(i), text })) };
  const whole = values.every((v) => Number.isInteger(v));
  const [from = 0, to = 0] = x.range();
  const marks = x.ticks(Math.max(2, Math.floor((to - from) / 80)));
  const format = tickFormat(marks);
  const kept = whole ? marks.filter(Number.isInteger) : marks;
  const years = whole && extent(values)[0] >= 1000 && extent(values)[1] <= 2999;
  const unit = column.unit === '' ? '' : `, ${column.unit}`;
  const name = years ? '' : column.name + unit;
  return { name, ticks: kept.map((v) => ({ at: x(v), text: years ? String(v) : format(v) })) };
}

interface XScale {
  (value: number): number;
  ticks(count?: number): number[];
  range(): number[];
}

/** Names at the right ends, moved apart where they would touch. */
function endLabels(
  list: Series[],
  plane: Plane,
  room: number,
  place: Place,
  space: Space,
): SvgNode[] {
  const ends = list
    .map((one, i) => ({ one, i, y: place.y(one.points[one.points.length - 1]!.y) }))
    .sort((a, b) => a.y - b.y);
  const step = 15;
  for (let k = 1; k < ends.length; k += 1) ends[k]!.y = Math.max(ends[k]!.y, ends[k - 1]!.y + step);
  let limit = plane.bottom;
  for (let k = ends.length - 1; k >= 0; k -= 1) {
    ends[k]!.y = Math.min(ends[k]!.y, limit);
    limit = ends[k]!.y - step;
  }
  return ends.map(({ one, i, y }) => {
    const text = shorten(one.name, room - 10, sizes.small, space.measure);
    const font = { ...sizes.small, weight: 600 };
    return label(plane.right + 8, y + 4, text, { font, fill: seriesColor(i) });
  });
}

interface Place {
  x: (value: number) => number;
  y: (value: number) => number;
}

function curve(one: Series, i: number, place: Place): SvgNode[] {
  const draw = path<Point>()
    .defined((p) => Number.isFinite(p.y))
    .x((p) => place.x(p.x))
    .y((p) => place.y(p.y))
    .digits(2);
  const stroke = seriesColor(i);
  const shape = { fill: 'none', stroke, 'stroke-linejoin': 'round' };
  const width = i < seriesCount ? 2.25 : 1;
  const drawn = [svg('path', { d: draw(one.points) ?? '', ...shape, 'stroke-width': width })];
  if (one.points.length === 1) {
    const only = one.points[0]!;
    drawn.push(svg('circle', { cx: place.x(only.x), cy: place.y(only.y), r: 3.5, fill: stroke }));
  }
  return drawn;
}

/** What lies between `low` and `high`, under the lines. */
function bands(list: Series[], place: Place): SvgNode[] {
  const draw = area<Point>()
    .defined((p) => Number.isFinite(p.low) && Number.isFinite(p.high))
    .x((p) => place.x(p.x))
    .y0((p) => place.y(p.low))
    .y1((p) => place.y(p.high))
    .digits(2);
  return list.flatMap((one, i) => {
    const d = draw(one.points) ?? '';
    return d === '' ? [] : [svg('path', { d, fill: seriesColor(i), 'fill-opacity': 0.18 })];
  });
}

interface Values {
  y: Quantity;
  low: Quantity | undefined;
  high: Quantity | undefined;
}

function gather(names: Column | undefined, rows: number[], x: number[], of: Values): Series[] {
  const { y } = of;
  const found = new Map<string, Series>();
  rows.forEach((row, i) => {
    if (!Number.isFinite(x[i]!) || !Number.isFinite(y.values[i]!)) return;
    const name = names ? textAt(names, row) : y.name;
    const one = found.get(name) ?? { name, points: [] };
    const [low = NaN, high = NaN] = [of.low?.values[i], of.high?.values[i]];
    one.points.push({ x: x[i]!, y: y.values[i]!, row: i, low, high });
    found.set(name, one);
  });
  const list = [...found.values()];
  for (const one of list) one.points.sort((a, b) => a.x - b.x);
  return list;
}

function marksOf(list: Series[], place: Place, of: Values, xText: (i: number) => string): Mark[] {
  const said = (quantity: Quantity | undefined, value: number): [string, string][] =>
    quantity && Number.isFinite(value) ? [[quantity.name, quantity.said(value)]] : [];
  return list.flatMap((one) =>
    one.points.map((p) => ({
      x: place.x(p.x) - 4,
      y: place.y(p.y) - 4,
      width: 8,
      height: 8,
      title: `${one.name}, ${xText(p.row)}`,
      lines: [...said(of.y, p.y), ...said(of.low, p.low), ...said(of.high, p.high)],
    })),
  );
}

/** What is drawn on one scale: the lines, and the ends of their bands. */
function valuesOf(figure: Figure, table: Table, space: Space, rows: number[]): Values {
  const y = requiredColumn(table, figure, 'y');
  const ends = (['low', 'high'] as const).map((role) => roleColumn(table, figure, role));
  const given = [y, ...ends.filter((column) => column !== undefined)];
  const found = quantities(given, space, rows);
  const of = (column: Column | undefined) => column && found[given.indexOf(column)];
  return { y: found[0]!, low: of(ends[0]), high: of(ends[1]) };
}

export const drawLines: Draw = (figure, table, space) => {
  const rows = firstRows(rowCount(table));
  const xColumn = requiredColumn(table, figure, 'x');
  const names = roleColumn(table, figure, 'series');
  const of = valuesOf(figure, table, space, rows);
  const value = of.y;
  const { values: xs, texts } = abscissa(xColumn, rows);
  const every = gather(names, rows, xs, of);
  const list = every.slice(0, shownOf(every.length, figure.most, limits.series));
  const crowded = list.length > 12;
  const named = names !== undefined && !crowded && !narrow(space);
  const natural = widest(
    list.map((s) => s.name),
    { ...sizes.small, weight: 600 },
    space.measure,
  );
  const room = named ? Math.min(natural + 14, space.width * 0.28) : 8;
  const keyed = names && !named ? list.slice(0, seriesCount) : [];
  const top = key(
    keyed.map((one, i) => ({ name: one.name, fill: seriesColor(i) })),
    space,
  );
  const plane: Plane = { left: 0, right: space.width - room, top: top.height + 12, bottom: 0 };
  plane.bottom = plane.top + (narrow(space) ? 240 : 320);
  const [low, high] = extent(
    list.flatMap((one) => one.points.flatMap((p) => [p.y, p.low, p.high])),
  );
  const from = low > 0 && low < high * 0.6 ? 0 : low;
  const y = scaleLinear([from, high === from ? from + 1 : high], [plane.bottom, plane.top]).nice();
  const marks = y.ticks(5);
  const format = tickFormat(marks);
  const yAxis: Axis = { name: '', ticks: marks.map((v) => ({ at: y(v), text: format(v) })) };
  plane.left = planeLeft(marks.map(format), space);
  const [first, last] = extent(xs);
  const x = scaleLinear(
    [first, last === first ? first + 1 : last],
    [plane.left + 4, plane.right - 4],
  );
  const human = { ...xColumn, name: humanName(xColumn.name, space.words) };
  const axis = xAxis(human, xs, texts, x);
  const place = { x, y };
  const body = [...top.body, ...axes(plane, axis, yAxis, space), ...bands(list, place)];
  for (let i = list.length - 1; i >= 0; i -= 1) body.push(...curve(list[i]!, i, place));
  if (named && list.length > 0) body.push(...endLabels(list, plane, room, place, space));
  const tips = marksOf(list, place, of, (i) => textAt(xColumn, rows[i]!));
  return {
    width: space.width,
    height: plane.bottom + (axis.name === '' ? 26 : 46),
    body,
    marks: tips,
    subtitle: measured(value),
    ...(texts
      ? {}
      : { across: { x, from: first, to: last, top: plane.top, bottom: plane.bottom } }),
    note:
      list.length < every.length
        ? space.words.shown(String(list.length), String(every.length))
        : '',
  };
};
