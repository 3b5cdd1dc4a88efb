/** A small bar chart a panel, all on one scale: who supplies, product by product. */

import { scaleLinear } from 'd3-scale';
import {
  color,
  extent,
  label,
  line,
  lines,
  measured,
  positions,
  quantities,
  firstRows,
  limits,
  shownOf,
  shownNote,
  sizes,
  type Draw,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import { requiredColumn, rowCount, textAt, type Figure, type Table } from './report';
import { shorten, widest, wrap } from './text';

interface Panel {
  title: string;
  bars: { name: string; value: number }[];
  left: number;
}

interface Panels {
  list: Panel[];
  value: Quantity;
  all: number;
}

const mostBars = 6;

function read(figure: Figure, table: Table, space: Space): Panels {
  const titles = requiredColumn(table, figure, 'panel');
  const names = requiredColumn(table, figure, 'label');
  const rows = firstRows(rowCount(table));
  const value = quantities([requiredColumn(table, figure, 'value')], space, rows)[0]!;
  const known = positions(rows.map((row) => textAt(titles, row)));
  const shown = shownOf(known.size, figure.most, limits.panels);
  const list = [...known.keys()]
    .slice(0, shown)
    .map((title): Panel => ({ title, bars: [], left: 0 }));
  for (const row of rows) {
    const panel = list[known.get(textAt(titles, row))!];
    if (!panel || !Number.isFinite(value.values[row]!)) continue;
    if (panel.bars.length < mostBars) {
      panel.bars.push({ name: textAt(names, row), value: value.values[row]! });
    } else {
      panel.left += 1;
    }
  }
  return { list, value, all: known.size };
}

interface Grid {
  columns: number;
  width: number;
  labelWidth: number;
  room: number;
}

const gap = 32;
const rowStep = 21;
const thickness = 12;

function arrange(panels: Panels, space: Space): Grid {
  const columns = Math.max(1, Math.min(panels.list.length, Math.floor((space.width + gap) / 262)));
  const width = (space.width - gap * (columns - 1)) / columns;
  const bars = panels.list.flatMap((panel) => panel.bars);
  const natural = widest(
    bars.map((bar) => bar.name),
    sizes.small,
    space.measure,
  );
  const room = widest(
    bars.map((b) => panels.value.format(b.value)),
    sizes.small,
    space.measure,
  );
  return { columns, width, labelWidth: Math.min(natural + 1, width * 0.42), room: room + 8 };
}

function drawPanel(
  panel: Panel,
  x0: number,
  y0: number,
  titleLines: number,
  grid: Grid,
  x: (value: number) => number,
  panels: Panels,
  space: Space,
): { body: SvgNode[]; marks: Mark[] } {
  const title = wrap(panel.title, grid.width, sizes.strong, space.measure, 2);
  const body = lines(x0, y0 + 13 + (titleLines - title.length) * 16, title, { font: sizes.strong });
  const top = y0 + titleLines * 16 + 8;
  const marks: Mark[] = [];
  panel.bars.forEach((bar, i) => {
    const y = top + i * rowStep;
    const name = shorten(bar.name, grid.labelWidth, sizes.small, space.measure);
    const soft = { font: sizes.small, fill: color('ink-soft') };
    body.push(label(x0 + grid.labelWidth, y + 13, name, { ...soft, anchor: 'end' }));
    const start = x0 + Math.min(x(0), x(bar.value));
    const width = Math.abs(x(bar.value) - x(0));
    const fill = color(i === 0 ? 'accent' : 'muted');
    const box = { x: start, y: y + 3, width: Math.max(width, 0.75), height: thickness };
    body.push(svg('rect', { ...box, fill }));
    body.push(
      label(start + width + 5, y + 13, panels.value.format(bar.value), { font: sizes.small }),
    );
    const said: [string, string][] = [[panels.value.name, panels.value.said(bar.value)]];
    const place = { x: x0, y, width: grid.width, height: rowStep };
    marks.push({ ...place, title: `${panel.title}: ${bar.name}`, lines: said });
  });
  const bottom = top + panel.bars.length * rowStep;
  body.push(line(x0 + x(0), top, x0 + x(0), bottom, color('axis')));
  if (panel.left > 0) {
    const more = space.words.left(String(panel.left));
    const style = { font: sizes.small, fill: color('ink-soft') };
    body.push(label(x0 + x(0) + 5, bottom + 13, more, style));
  }
  return { body, marks };
}

export const drawMultiples: Draw = (figure, table, space) => {
  const panels = read(figure, table, space);
  const grid = arrange(panels, space);
  const [low, high] = extent([0, ...panels.list.flatMap((p) => p.bars.map((b) => b.value))]);
  const x = scaleLinear(
    [low, high === low ? low + 1 : high],
    [grid.labelWidth + 8, grid.width - grid.room],
  );
  const body: SvgNode[] = [];
  const marks: Mark[] = [];
  let y = 0;
  for (let start = 0; start < panels.list.length; start += grid.columns) {
    const row = panels.list.slice(start, start + grid.columns);
    const wrapped = row.map(
      (p) => wrap(p.title, grid.width, sizes.strong, space.measure, 2).length,
    );
    const titleLines = Math.max(...wrapped);
    row.forEach((panel, column) => {
      const x0 = column * (grid.width + gap);
      const drawn = drawPanel(panel, x0, y, titleLines, grid, x, panels, space);
      body.push(...drawn.body);
      marks.push(...drawn.marks);
    });
    const bars = Math.max(...row.map((panel) => panel.bars.length + (panel.left > 0 ? 1 : 0)));
    y += titleLines * 16 + 8 + bars * rowStep + 24;
  }
  return {
    width: space.width,
    height: Math.max(0, y - 20),
    body,
    marks,
    subtitle: measured(panels.value),
    note: shownNote(panels.list.length, panels.all, space.words),
  };
};
