/** Rows by columns, the value as one of at most eight steps of a colour, with the steps as legend. */

import { ticks } from 'd3-array';
import {
  color,
  label,
  measured,
  positions,
  quantities,
  firstRows,
  limits,
  shownOf,
  sizes,
  shownNote,
  tickFormat,
  type Draw,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { columnFormat, fixed } from './number';
import { svg, type SvgNode } from './node';
import { requiredColumn, rowCount, textAt, type Figure, type Table } from './report';
import { shorten, widest } from './text';
import { humanName } from './words';

export const steps = 8;

/**
 * Where the steps begin: round numbers, evenly spaced, or 1, 3, 10, 30 ... when a few values are
 * far larger than the rest, as shares in an input-output table are.
 */
export function thresholds(values: number[]): number[] {
  const sizesOf = values.map(Math.abs).filter((v) => Number.isFinite(v) && v > 0);
  if (sizesOf.length === 0) return [];
  sizesOf.sort((a, b) => a - b);
  const most = sizesOf[sizesOf.length - 1]!;
  const median = sizesOf[sizesOf.length >> 1]!;
  if (most <= 12 * median) {
    return ticks(0, most, steps - 2)
      .filter((t) => t > 0 && t < most)
      .slice(-(steps - 1));
  }
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(most)); found.length < steps - 2; power -= 1) {
    for (const digit of [3, 1]) {
      const at = Number(`${digit}e${power}`);
      if (at < most && found.length < steps - 2) found.unshift(at);
    }
  }
  return found;
}

export function stepOf(value: number, bounds: number[]): number {
  const at = bounds.filter((bound) => Math.abs(value) >= bound).length;
  return bounds.length === 0 ? 0 : Math.round((at * (steps - 1)) / bounds.length);
}

const fillOf = (value: number, bounds: number[]): string =>
  color(`${value < 0 ? 'neg' : 'seq'}-${stepOf(value, bounds)}`);

interface Cells {
  rows: string[];
  columns: string[];
  values: number[][];
  value: Quantity;
  subtitle: string;
  note: string;
}

function read(figure: Figure, table: Table, space: Space): Cells {
  const row = requiredColumn(table, figure, 'row');
  const column = requiredColumn(table, figure, 'column');
  const all = firstRows(rowCount(table));
  const value = quantities([requiredColumn(table, figure, 'value')], space, all)[0]!;
  const rowAt = positions(all.map((r) => textAt(row, r)));
  const columnAt = positions(all.map((r) => textAt(column, r)));
  const keep = (names: Map<string, number>) =>
    [...names.keys()].slice(0, shownOf(names.size, figure.most, limits.cells));
  const rows = keep(rowAt);
  const columns = keep(columnAt);
  const values = rows.map(() => columns.map(() => NaN));
  for (const r of all) {
    const line = values[rowAt.get(textAt(row, r))!];
    const at = columnAt.get(textAt(column, r))!;
    if (line && at < columns.length) line[at] = value.values[r]!;
  }
  const { words } = space;
  const names = words.rowsAndColumns(humanName(row.name, words), humanName(column.name, words));
  const gaps = values.flat().some((v) => !Number.isFinite(v)) ? words.dotNoData : '';
  const note = [shownNote(rows.length, rowAt.size, words), gaps].filter(Boolean).join(' ');
  return { rows, columns, values, value, subtitle: `${measured(value)}. ${names}`, note };
}

interface Grid {
  left: number;
  top: number;
  cell: number;
  height: number;
  turn: number;
  columnText: string[];
  width: number;
}

function arrange(cells: Cells, space: Space): Grid {
  const { measure, width } = space;
  const small = sizes.small;
  const left = Math.min(widest(cells.rows, small, measure), width * (width < 540 ? 0.3 : 0.26)) + 8;
  const natural = widest(cells.columns, small, measure);
  const count = Math.max(1, cells.columns.length);
  const fit = (right: number) => Math.max(13, Math.min(72, (width - left - right) / count));
  let cell = fit(0);
  let turn = 0;
  let height = 14;
  let most = cell - 4;
  if (natural > most) {
    most = Math.min(natural, 120);
    const slanted = fit(most * 0.72);
    turn = slanted >= 22 ? -45 : -90;
    if (turn === -45) cell = slanted;
    height = turn === -45 ? most * 0.72 + 10 : most + 6;
  }
  const columnText = cells.columns.map((name) => shorten(name, most, small, measure));
  const spill = turn === -45 ? most * 0.72 : 0;
  return {
    left,
    top: height + 6,
    cell,
    height: Math.max(18, Math.min(30, cell)),
    turn,
    columnText,
    width: Math.max(width, left + count * cell + spill),
  };
}

function heads(grid: Grid, top: number): SvgNode[] {
  return grid.columnText.map((text, j) => {
    const middle = grid.left + (j + 0.5) * grid.cell;
    const soft = { font: sizes.small, fill: color('ink-soft') };
    if (grid.turn === 0) return label(middle, top - 6, text, { ...soft, anchor: 'middle' });
    const x = middle + (grid.turn === -90 ? 4 : 2);
    return label(x, top - 5, text, { ...soft, turn: grid.turn });
  });
}

/** Two digits where they fit; the smallest step is left to its colour. */
function cellText(value: number, bounds: number[], grid: Grid, space: Space): string {
  if (Math.abs(value) < (bounds[0] ?? 0)) return '';
  const size = Math.abs(value);
  const text = fixed(value, size >= 9.95 || size === 0 ? 0 : size >= 0.995 ? 1 : 2);
  return space.measure(text, sizes.small) + 6 <= grid.cell ? text : '';
}

function legend(bounds: number[], negative: boolean, cells: Cells, y: number, space: Space) {
  const format = bounds.length > 1 ? columnFormatOf(bounds) : cells.value.format;
  const levels = [0, ...bounds];
  const shownLevels = negative ? [...bounds.map((b) => -b).reverse(), ...levels] : levels;
  const width = Math.min(44, (space.width - 30) / shownLevels.length);
  const body: SvgNode[] = [];
  shownLevels.forEach((bound, i) => {
    const x = i * width;
    body.push(svg('rect', { x, y, width: width - 1, height: 12, fill: fillOf(bound, bounds) }));
    if (bound === 0) return;
    const text = format(bound);
    if (space.measure(text, sizes.small) > width - 2 && i % 2 === 0) return;
    const at = bound < 0 ? x + width : x;
    const style = { font: sizes.small, fill: color('ink-soft'), anchor: 'middle' as const };
    body.push(label(Math.max(at, 8), y + 25, text, style));
  });
  const end = shownLevels.length * width + 6;
  const unit = shorten(cells.value.unit, space.width - end, sizes.small, space.measure);
  body.push(label(end, y + 10.5, unit, { font: sizes.small, fill: color('ink-soft') }));
  return body;
}

function columnFormatOf(bounds: number[]): (value: number) => string {
  const even = tickFormat(bounds);
  const geometric = bounds.length > 2 && bounds[1]! / bounds[0]! > 2.5;
  return geometric ? (value) => columnFormat([value], 1)(value) : even;
}

export const drawHeatmap: Draw = (figure, table, space) => {
  const cells = read(figure, table, space);
  const grid = arrange(cells, space);
  const flat = cells.values.flat();
  const bounds = thresholds(flat);
  const keyHeight = 38;
  const top = keyHeight + grid.top;
  const body = legend(
    bounds,
    flat.some((v) => v < 0),
    cells,
    0,
    space,
  );
  body.push(...heads(grid, top));
  const marks: Mark[] = [];
  cells.rows.forEach((row, i) => {
    const y = top + i * grid.height;
    const name = shorten(row, grid.left - 8, sizes.small, space.measure);
    const middle = y + grid.height / 2 + 4;
    body.push(label(grid.left - 6, middle, name, { font: sizes.small, anchor: 'end' }));
    cells.columns.forEach((column, j) => {
      const value = cells.values[i]![j]!;
      const x = grid.left + j * grid.cell;
      const box = { x, y, width: grid.cell, height: grid.height };
      const fill = Number.isFinite(value) ? fillOf(value, bounds) : color('page');
      body.push(svg('rect', { ...box, fill, stroke: color('page'), 'stroke-width': 1 }));
      const text = Number.isFinite(value) ? cellText(value, bounds, grid, space) : '·';
      if (text !== '') {
        const ink = Number.isFinite(value) ? `seq-ink-${stepOf(value, bounds)}` : 'ink-soft';
        const style = { font: sizes.small, fill: color(ink), anchor: 'middle' as const };
        body.push(label(x + grid.cell / 2, middle, text, style));
      }
      const title = `${row} × ${column}`;
      marks.push({ ...box, title, lines: [[cells.value.name, cells.value.said(value)]] });
    });
  });
  const height = top + cells.rows.length * grid.height + 4;
  return { width: grid.width, height, body, marks, subtitle: cells.subtitle, note: cells.note };
};
