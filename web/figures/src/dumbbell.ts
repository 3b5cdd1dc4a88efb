/** Two points a label, joined: direct against look-through. */

import { scaleLinear } from 'd3-scale';
import {
  color,
  extent,
  key,
  label,
  line,
  lines,
  narrow,
  quantities,
  rowsShown,
  ruler,
  shownNote,
  sizes,
  type Draw,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import { requiredColumn, rowCount, textAt } from './report';
import { widest, wrap } from './text';

/** Both ends of one row with their values beside them, outward so that they never meet. */
function pair(from: number, to: number, y: number, x: (v: number) => number, format: Quantity) {
  const body: SvgNode[] = [];
  const both = Number.isFinite(from) && Number.isFinite(to);
  if (both) body.push(line(x(from), y, x(to), y, color('joint'), 4));
  const ends = [
    { value: from, ring: true },
    { value: to, ring: false },
  ].filter((end) => Number.isFinite(end.value));
  for (const { value, ring } of ends) {
    const paint = ring
      ? { r: 5, fill: color('page'), stroke: color('series-2'), 'stroke-width': 2.5 }
      : { r: 6.25, fill: color('accent') };
    body.push(svg('circle', { cx: x(value), cy: y, ...paint }));
    const other = ring ? to : from;
    const text = format.format(value);
    if (both && text === format.format(other) && ring) continue;
    const leftward = both && value < other;
    const at = x(value) + (leftward ? -11 : 11);
    const fill = color(ring ? 'ink-soft' : 'ink');
    const anchor = leftward ? ('end' as const) : ('start' as const);
    body.push(label(at, y + 4.5, text, { font: sizes.value, fill, anchor }));
  }
  return body;
}

export const drawDumbbell: Draw = (figure, table, space: Space) => {
  const rows = rowsShown(rowCount(table), figure.most);
  const names = requiredColumn(table, figure, 'label');
  const columns = [requiredColumn(table, figure, 'from'), requiredColumn(table, figure, 'to')];
  const [from, to] = quantities(columns, space, rows) as [Quantity, Quantity];
  const { measure } = space;
  const above = narrow(space);
  const texts = rows.map((row) => textAt(names, row));
  const natural = widest(texts, sizes.label, measure);
  const labelWidth = above ? space.width : Math.min(natural + 1, space.width * 0.36);
  const left = above ? 0 : labelWidth + 14;
  const height = above ? 44 : 32;
  const items = [
    { name: from.name, fill: color('series-2'), shape: 'ring' as const },
    { name: to.name, fill: color('accent'), shape: 'dot' as const },
  ];
  const top = key(items, space);
  const begin = top.height + 22;
  const all = [...from.values, ...to.values].filter(Number.isFinite);
  const [low, high] = extent([0, ...all]);
  const room = widest(all.map(from.format), sizes.value, measure) + 16;
  const x = scaleLinear(
    [low, high === low ? low + 1 : high],
    [left + room, Math.max(left + room + 20, space.width - room)],
  );
  const bottom = begin + rows.length * height;
  const body: SvgNode[] = [...top.body, ...ruler(x, begin, bottom, space)];
  const marks: Mark[] = rows.map((_, i) => {
    const y = begin + i * height;
    const wrapped = wrap(texts[i]!, labelWidth, sizes.label, measure, above ? 1 : 2);
    const first = above ? y + 15 : y + height / 2 + 4.5 - (wrapped.length - 1) * 8;
    const style = { anchor: above ? ('start' as const) : ('end' as const) };
    body.push(...lines(above ? 0 : labelWidth, first, wrapped, style));
    const centre = above ? y + 31 : y + height / 2;
    body.push(...pair(from.values[i]!, to.values[i]!, centre, x, from));
    const said: [string, string][] = [
      [from.name, from.said(from.values[i]!)],
      [to.name, to.said(to.values[i]!)],
    ];
    return { x: 0, y, width: space.width, height, title: texts[i]!, lines: said };
  });
  const unit = to.unit === '' ? '' : `, ${to.unit}`;
  return {
    width: space.width,
    height: bottom + 4,
    body,
    marks,
    subtitle: `${space.words.against(from.name, to.name)}${unit}`,
    note: shownNote(rows.length, rowCount(table), space.words),
  };
};
