/** What every kind of chart is made of: a drawing, its marks, an axis, a key. */

import { columnFormat, fixed, scientific, withUnit, type Format } from './number';
import { numberAt, type Column, type Figure, type Table } from './report';
import { svg, type SvgNode } from './node';
import { widest, wrap, type Font, type Measure } from './text';
import { humanName, type Words } from './words';

/** What a reader can point at: where it stands, and what is said of it. */
export interface Mark {
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  lines: [name: string, value: string][];
}

export interface Drawing {
  width: number;
  height: number;
  body: SvgNode[];
  marks: Mark[];
  /** Said under the title: what is measured, and its unit. */
  subtitle: string;
  /** Said under the chart: what is left out. */
  note: string;
  /** Where a value of x stands, for who marks one: a day that is looked at. */
  across?: { x: (value: number) => number; from: number; to: number; top: number; bottom: number };
}

export interface Space {
  width: number;
  measure: Measure;
  words: Words;
}

/** Draws a figure at a width. Pure: the same input gives the same drawing. */
export type Draw = (figure: Figure, table: Table, space: Space) => Drawing;

export const sizes = {
  label: { size: 13 } as Font,
  strong: { size: 13, weight: 600 } as Font,
  value: { size: 12.5 } as Font,
  small: { size: 11.5 } as Font,
};

/** Colours are names; the page's style sheet gives them their values in each theme. */
export const color = (name: string): string => `var(--${name})`;
export const series = (index: number): string =>
  index < seriesCount ? color(`series-${index + 1}`) : color('series-other');
export const seriesCount = 6;

export const narrow = (space: Space): boolean => space.width < 540;

/** On a narrow page long labels go above their bars instead of beside them. */
export const labelsAbove = (space: Space, longest: number): boolean =>
  narrow(space) && longest > space.width * 0.34;

export interface TextStyle {
  font?: Font;
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
  turn?: number;
  /** Stands over grid lines, which stop short of it. */
  halo?: boolean;
}

export function label(x: number, y: number, content: string, style: TextStyle = {}): SvgNode {
  const font = style.font ?? sizes.label;
  const halo = { stroke: color('page'), 'stroke-width': 4, 'paint-order': 'stroke' };
  return svg(
    'text',
    {
      x,
      y,
      'font-size': font.size,
      'font-weight': font.weight,
      fill: style.fill ?? color('ink'),
      'text-anchor': style.anchor === 'start' ? undefined : style.anchor,
      ...(style.halo ? { ...halo, 'stroke-linejoin': 'round' } : {}),
      transform: style.turn === undefined ? undefined : `rotate(${style.turn} ${x} ${y})`,
    },
    content,
  );
}

/** A label of several lines; `y` is the baseline of the first. */
export function lines(x: number, y: number, texts: string[], style: TextStyle = {}): SvgNode[] {
  const step = (style.font ?? sizes.label).size * 1.22;
  return texts.map((content, i) => label(x, y + i * step, content, style));
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  width = 1,
): SvgNode {
  return svg('line', { x1, y1, x2, y2, stroke, 'stroke-width': width });
}

/** A column of numbers in the unit a chart shows it in. */
export interface Quantity {
  name: string;
  unit: string;
  meaning: string;
  values: number[];
  format: Format;
  said: Format;
}

/** Columns drawn on one scale share unit and format. */
export function quantities(columns: Column[], space: Space, rows: number[]): Quantity[] {
  const raw = columns.map((column) => rows.map((row) => numberAt(column, row)));
  const most = raw.flat().reduce((m, v) => (Math.abs(v) > m ? Math.abs(v) : m), 0);
  const scaled = columns.map((column) => space.words.scale(column.unit, most));
  const values = raw.map((list, i) => list.map((value) => value * scaled[i]!.factor));
  const format = columnFormat(values.flat());
  return columns.map((column, i) => ({
    name: humanName(column.name, space.words),
    unit: scaled[i]!.unit,
    meaning: column.meaning,
    values: values[i]!,
    format,
    said: (value) =>
      Number.isFinite(value) ? withUnit(format(value), scaled[i]!.unit) : space.words.noData,
  }));
}

/** "Value added at risk, % of value added". */
export function measured(quantity: Quantity): string {
  return quantity.unit === '' ? quantity.name : `${quantity.name}, ${quantity.unit}`;
}

/** Drawn at most, whatever a figure asks for: more would stall a browser and help no reader. */
export const limits = { rows: 400, panels: 60, cells: 120, points: 3000, series: 100 };

/** How many of `count` are drawn when a figure says `most` (0: all). */
export function shownOf(count: number, most: number, limit: number): number {
  return Math.min(count, limit, most > 0 ? most : limit);
}

export const firstRows = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export function shownNote(shown: number, all: number, words: Words): string {
  return shown < all ? words.shown(String(shown), String(all)) : '';
}

/** Distinct texts in the order they come, with their positions. */
export function positions(texts: string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of texts) if (!found.has(name)) found.set(name, found.size);
  return found;
}

export function extent(values: number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

export interface KeyItem {
  name: string;
  fill: string;
  shape?: 'square' | 'dot' | 'ring' | 'soft' | 'open';
  /** Draws the sample itself, from x to x + 13, around the height y. */
  draw?: (x: number, y: number) => SvgNode[];
}

/** The outline of what stands for all others: not a part of its own. */
export const openPaint = { stroke: color('axis'), 'stroke-width': 1, 'stroke-dasharray': '3 2' };

function swatch(item: KeyItem, x: number, y: number): SvgNode {
  if (item.draw) return svg('g', {}, ...item.draw(x, y));
  if (item.shape === 'dot') return svg('circle', { cx: x + 6, cy: y, r: 5.5, fill: item.fill });
  if (item.shape === 'ring') {
    const paint = { fill: color('page'), stroke: item.fill, 'stroke-width': 2.5 };
    return svg('circle', { cx: x + 6, cy: y, r: 4.5, ...paint });
  }
  const outline = item.shape === 'open' ? openPaint : {};
  return svg('rect', { x, y: y - 6, width: 12, height: 12, rx: 2, fill: item.fill, ...outline });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Swatches with their names in as many lines as they take. Returns the height used. */
export function key(items: KeyItem[], space: Space): { body: SvgNode[]; height: number } {
  const body: SvgNode[] = [];
  const soft = { font: sizes.small, fill: color('ink-soft') };
  let x = 0;
  let y = 10;
  for (const item of items) {
    const name = wrap(capital(item.name), space.width - 18, sizes.small, space.measure, 3);
    const width = 18 + widest(name, sizes.small, space.measure);
    if (x > 0 && x + width > space.width) {
      x = 0;
      y += 20;
    }
    body.push(swatch(item, x, y), ...lines(x + 18, y + 4, name, soft));
    x = name.length > 1 ? space.width : x + width + 16;
    y += (name.length - 1) * 14;
  }
  return { body, height: items.length > 0 ? y + 16 : 0 };
}

export interface Scale {
  (value: number): number;
  ticks(count?: number): number[];
}

/** Grid lines down the chart with their values above: a light ruler, zero drawn darker. */
export function ruler(scale: Scale, top: number, bottom: number, space: Space): SvgNode[] {
  const ends = scale.ticks(2);
  const reach = Math.abs(scale(ends[ends.length - 1] ?? 0) - scale(ends[0] ?? 0));
  const ticks = scale.ticks(Math.max(2, Math.min(6, Math.floor(reach / 75))));
  const format = tickFormat(ticks);
  const roomy = widest(ticks.map(format), sizes.small, space.measure);
  let last = -Infinity;
  return ticks.flatMap((tick) => {
    const x = scale(tick);
    const drawn = [line(x, top, x, bottom, color(tick === 0 ? 'axis' : 'grid'))];
    const start = Math.max(0, Math.min(x - roomy / 2, space.width - roomy));
    if (start < last + 8) return drawn;
    last = start + roomy;
    const at = Math.max(roomy / 2, Math.min(x, space.width - roomy / 2));
    const style = { font: sizes.small, fill: color('ink-soft'), anchor: 'middle' as const };
    return [...drawn, label(at, top - 7, format(tick), style)];
  });
}

/** Ticks with just the decimals their step needs. */
export function tickFormat(ticks: number[]): Format {
  const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : Math.abs(ticks[0] ?? 0);
  const decimals = step > 0 && step < 1 ? -Math.floor(Math.log10(step) + 1e-9) : 0;
  return (tick) => {
    if (Math.abs(tick) < step / 1e6) return '0';
    return decimals > 6 ? scientific(tick, 1) : fixed(tick, decimals);
  };
}
