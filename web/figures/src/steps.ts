/**
 * Steps side by side, each as wide as one number and as high as another: an abatement curve, where
 * a step is as wide as what it saves and as high as what a ton of it costs.
 */

import { scaleLinear } from 'd3-scale';
import {
  color,
  extent,
  firstRows,
  key,
  limits,
  line,
  label,
  lines,
  measured,
  openPaint,
  positions,
  quantities,
  series,
  shownNote,
  shownOf,
  sizes,
  tickFormat,
  type Draw,
  type KeyItem,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import { axes, planeLeft, type Plane } from './plane';
import { requiredColumn, roleColumn, rowCount, textAt, type Figure, type Table } from './report';
import { wrap } from './text';

interface Step {
  name: string;
  from: number;
  to: number;
  height: number;
  fill: string;
}

interface Steps {
  list: Step[];
  width: Quantity;
  height: Quantity;
  groups: KeyItem[];
  all: number;
}

function read(figure: Figure, table: Table, space: Space): Steps {
  const all = rowCount(table);
  const rows = firstRows(shownOf(all, figure.most, limits.panels));
  const names = requiredColumn(table, figure, 'label');
  const groups = roleColumn(table, figure, 'color');
  const width = quantities([requiredColumn(table, figure, 'width')], space, rows)[0]!;
  const height = quantities([requiredColumn(table, figure, 'value')], space, rows)[0]!;
  const places = positions(groups ? rows.map((row) => textAt(groups, row)) : []);
  let at = 0;
  const list = rows.flatMap((row): Step[] => {
    const [wide, high] = [width.values[row]!, height.values[row]!];
    if (!(wide > 0) || !Number.isFinite(high)) return [];
    const from = at;
    at += wide;
    const fill = groups ? series(places.get(textAt(groups, row))!) : color('accent');
    return [{ name: textAt(names, row), from, to: at, height: high, fill }];
  });
  const items = [...places].map(([name, i]) => ({ name, fill: series(i) }));
  return { list, width, height, groups: items.length > 1 ? items : [], all };
}

/** What the numbers on the steps stand for, one a line. */
function legend(steps: Steps, y: number, space: Space): { body: SvgNode[]; height: number } {
  const style = { font: sizes.small, fill: color('ink-soft') };
  let at = y;
  const body = steps.list.flatMap((step, i) => {
    const said = `${step.name}: ${steps.width.said(step.to - step.from)}, ${steps.height.said(step.height)}`;
    const text = wrap(said, space.width - 24, sizes.small, space.measure, 3);
    const drawn = [
      label(14, at, String(i + 1), { font: { ...sizes.small, weight: 600 }, anchor: 'end' }),
      ...lines(22, at, text, style),
    ];
    at += text.length * 14 + 4;
    return drawn;
  });
  return { body, height: at - y };
}

function axesOf(steps: Steps, plane: Plane, space: Space) {
  const [low, high] = extent([0, ...steps.list.map((step) => step.height)]);
  const reach = steps.list.at(-1)?.to ?? 1;
  const x = scaleLinear([0, reach], [plane.left, plane.right]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [plane.bottom, plane.top]).nice(5);
  const ticks = { x: x.ticks(Math.max(2, Math.floor(plane.right / 110))), y: y.ticks(5) };
  const [sayX, sayY] = [tickFormat(ticks.x), tickFormat(ticks.y)];
  const drawn = axes(
    plane,
    { name: measured(steps.width), ticks: ticks.x.map((at) => ({ at: x(at), text: sayX(at) })) },
    { name: measured(steps.height), ticks: ticks.y.map((at) => ({ at: y(at), text: sayY(at) })) },
    space,
  );
  return { x, y, drawn };
}

export const drawSteps: Draw = (figure, table, space) => {
  const steps = read(figure, table, space);
  const top = key(steps.groups, space);
  const tall = steps.list.map((step) => steps.height.format(step.height));
  const begin = top.height + 34;
  const left = planeLeft([...tall, '−0,000'], space);
  const plane = { left, right: space.width - 8, top: begin, bottom: begin + 220 };
  const { x, y, drawn } = axesOf(steps, plane, space);
  const marks: Mark[] = [];
  const bars = steps.list.flatMap((step, i): SvgNode[] => {
    const [x0, x1, y0] = [x(step.from), x(step.to), y(0)];
    const at = y(step.height);
    const box = {
      x: x0,
      y: Math.min(at, y0),
      width: Math.max(0.75, x1 - x0),
      height: Math.max(0.75, Math.abs(at - y0)),
    };
    const said: [string, string][] = [
      [steps.width.name, steps.width.said(step.to - step.from)],
      [steps.height.name, steps.height.said(step.height)],
    ];
    marks.push({ ...box, title: `${i + 1} ${step.name}`, lines: said });
    const bar = svg('rect', { ...box, fill: step.fill, stroke: color('page'), 'stroke-width': 1 });
    if (x1 - x0 < 16) return [bar];
    const style = { font: { ...sizes.small, weight: 600 }, anchor: 'middle' as const, halo: true };
    return [bar, label((x0 + x1) / 2, Math.min(at, y0) - 4, String(i + 1), style)];
  });
  const names = legend(steps, plane.bottom + 60, space);
  return {
    width: space.width,
    height: plane.bottom + 60 + names.height,
    body: [
      ...top.body,
      ...drawn,
      ...bars,
      line(plane.left, y(0), plane.right, y(0), openPaint.stroke),
      ...names.body,
    ],
    marks,
    subtitle: '',
    note: shownNote(steps.list.length, steps.all, space.words),
  };
};
