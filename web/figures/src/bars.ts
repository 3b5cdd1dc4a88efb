/** Ranked bars; with `value_high` each bar carries a bracket from its lower to its upper end. */

import { scaleLinear } from 'd3-scale';
import {
  color,
  extent,
  key,
  label,
  line,
  lines,
  measured,
  labelsAbove,
  positions,
  quantities,
  firstRows,
  limits,
  shownOf,
  ruler,
  series,
  seriesCount,
  shownNote,
  sizes,
  type Draw,
  type Drawing,
  type KeyItem,
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import { requiredColumn, roleColumn, rowCount, textAt, type Figure, type Table } from './report';
import { widest, wrap } from './text';
import { humanName } from './words';

interface Bar {
  name: string;
  part: string;
  low: number;
  high: number;
  fill: string;
  text: string;
}

interface Bars {
  list: Bar[];
  value: Quantity;
  high: Quantity | undefined;
  groups: KeyItem[];
  partName: string;
}

function read(figure: Figure, table: Table, space: Space): Bars {
  const rows = firstRows(shownOf(rowCount(table), figure.most, limits.rows));
  const names = requiredColumn(table, figure, 'label');
  const parts = roleColumn(table, figure, 'part');
  const colors = roleColumn(table, figure, 'color');
  const highColumn = roleColumn(table, figure, 'value_high');
  const columns = [requiredColumn(table, figure, 'value'), ...(highColumn ? [highColumn] : [])];
  const [value, high] = quantities(columns, space, rows) as [Quantity, Quantity | undefined];
  const groups = positions(colors ? rows.map((row) => textAt(colors, row)) : []);
  const list = rows.map((row, i): Bar => {
    const low = value.values[i]!;
    const top = high ? high.values[i]! : NaN;
    return {
      name: textAt(names, row),
      part: parts ? textAt(parts, row) : '',
      low,
      high: top,
      fill: colors ? series(groups.get(textAt(colors, row))!) : color('accent'),
      text: valueText(low, top, value, space),
    };
  });
  const keyed = [...groups].slice(0, seriesCount).map(([name, i]) => ({ name, fill: series(i) }));
  if (groups.size > seriesCount) {
    keyed.push({ name: space.words.other, fill: series(seriesCount) });
  }
  const partName = parts ? humanName(parts.name, space.words) : '';
  return { list, value, high, groups: keyed, partName };
}

function valueText(low: number, high: number, quantity: Quantity, space: Space): string {
  const first = Number.isFinite(low) ? quantity.format(low) : space.words.noData;
  const second = quantity.format(high);
  return second === '' || second === first ? first : space.words.range(first, second);
}

function keyItems(bars: Bars, space: Space): KeyItem[] {
  if (!bars.high) return bars.groups;
  const name = bars.high.meaning || bars.high.name;
  const low = { name: bars.value.meaning || bars.value.name, fill: color('accent') };
  const items: KeyItem[] = bars.groups.length > 0 ? bars.groups : [low];
  return [...items, { name: space.words.upTo(name), fill: color('accent-soft') }];
}

function tip(bar: Bar, bars: Bars): Pick<Mark, 'title' | 'lines'> {
  const said: [string, string][] = [[bars.value.name, bars.value.said(bar.low)]];
  if (bars.high) said.push([bars.high.name, bars.high.said(bar.high)]);
  if (bar.part !== '') said.unshift([bars.partName, bar.part]);
  return { title: bar.name, lines: said };
}

/** Where labels, bars and values stand: beside each other, or labels above on a narrow page. */
interface Layout {
  labelWidth: number;
  left: number;
  above: boolean;
  texts: { name: string[]; part: string[] }[];
}

function arrange(bars: Bars, space: Space): Layout {
  const { measure } = space;
  const natural = Math.max(
    widest(
      bars.list.map((b) => b.name),
      sizes.label,
      measure,
    ),
    widest(
      bars.list.map((b) => b.part),
      sizes.small,
      measure,
    ),
  );
  const above = labelsAbove(space, natural);
  const labelWidth = above ? space.width : Math.min(natural + 1, space.width * 0.36);
  const texts = bars.list.map((bar) => ({
    name: wrap(bar.name, labelWidth, sizes.label, measure, above ? 1 : 2),
    part: bar.part === '' ? [] : wrap(bar.part, labelWidth, sizes.small, measure, 1),
  }));
  if (above) for (const [i, bar] of bars.list.entries()) texts[i] = oneLine(bar, space);
  return { labelWidth, left: above ? 0 : labelWidth + 12, above, texts };
}

/** "Name  part" in one line above a bar: the part gets what the name leaves, a third at least. */
function oneLine(bar: Bar, space: Space): { name: string[]; part: string[] } {
  const partWidth = space.measure(bar.part, sizes.small);
  const reserved = bar.part === '' ? 0 : Math.min(partWidth, space.width / 3) + 8;
  const name = wrap(bar.name, space.width - reserved, sizes.label, space.measure, 1);
  const left = space.width - space.measure(name[0]!, sizes.label) - 8;
  return { name, part: bar.part === '' ? [] : wrap(bar.part, left, sizes.small, space.measure, 1) };
}

const thickness = 16;

function rowHeight(layout: Layout, i: number): number {
  if (layout.above) return 46;
  const { name, part } = layout.texts[i]!;
  return Math.max(28, name.length * 16 + part.length * 15 + 10);
}

function rowLabel(i: number, y: number, height: number, layout: Layout, space: Space): SvgNode[] {
  const { name, part } = layout.texts[i]!;
  const soft = { font: sizes.small, fill: color('ink-soft') };
  if (layout.above) {
    const drawn: SvgNode[] = [label(0, y + 15, name[0]!, { halo: true })];
    const x = space.measure(name[0]!, sizes.label) + 8;
    if (part.length > 0) drawn.push(label(x, y + 15, part[0]!, { ...soft, halo: true }));
    return drawn;
  }
  const block = name.length * 16 + part.length * 15;
  const first = y + (height - block) / 2 + 12;
  const right = { anchor: 'end' as const };
  return [
    ...lines(layout.labelWidth, first, name, right),
    ...lines(layout.labelWidth, first + name.length * 16 - 1, part, { ...soft, ...right }),
  ];
}

function barBody(bar: Bar, y: number, x: (v: number) => number): SvgNode[] {
  if (!Number.isFinite(bar.low)) {
    const style = { font: sizes.value, fill: color('ink-soft'), halo: true };
    return [label(x(0) + 6, y + 12.5, bar.text, style)];
  }
  const body: SvgNode[] = [];
  const span = (a: number, b: number, fill: string) =>
    svg('rect', {
      x: Math.min(x(a), x(b)),
      y,
      width: Math.max(Math.abs(x(b) - x(a)), a === b ? 0 : 0.75),
      height: thickness,
      fill,
    });
  const bracket = Number.isFinite(bar.high) && bar.high !== bar.low;
  if (bracket) body.push(span(bar.low, bar.high, color('accent-soft')));
  body.push(span(0, bar.low, bar.fill));
  if (bracket) body.push(line(x(bar.high), y - 2, x(bar.high), y + thickness + 2, bar.fill, 2));
  const ends = [bar.low, 0, ...(bracket ? [bar.high] : [])];
  const toLeft = bar.low < 0 && !(bracket && bar.high > 0);
  const edge = toLeft ? Math.min(...ends.map(x)) - 6 : Math.max(...ends.map(x)) + 6;
  body.push(
    label(edge, y + 12.5, bar.text, {
      font: sizes.value,
      anchor: toLeft ? 'end' : 'start',
      halo: true,
    }),
  );
  return body;
}

export const drawBars: Draw = (figure, table, space): Drawing => {
  const bars = read(figure, table, space);
  const layout = arrange(bars, space);
  const top = key(keyItems(bars, space), space);
  const begin = top.height + 22;
  const [low, high] = extent([0, ...bars.list.flatMap((b) => [b.low, b.high])]);
  const room =
    widest(
      bars.list.map((b) => b.text),
      sizes.value,
      space.measure,
    ) + 10;
  const x = scaleLinear(
    [low, high === low ? low + 1 : high],
    [layout.left + (low < 0 ? room : 0), space.width - (high > 0 || low === 0 ? room : 2)],
  );
  const heights = bars.list.map((_, i) => rowHeight(layout, i));
  const bottom = heights.reduce((y, height) => y + height, begin);
  const body = [...top.body, ...ruler(x, begin, bottom, space)];
  const marks: Mark[] = [];
  let y = begin;
  bars.list.forEach((bar, i) => {
    const height = heights[i]!;
    body.push(...rowLabel(i, y, height, layout, space));
    body.push(...barBody(bar, y + (layout.above ? 22 : (height - thickness) / 2), x));
    marks.push({ x: 0, y, width: space.width, height, ...tip(bar, bars) });
    y += height;
  });
  return {
    width: space.width,
    height: bottom + 4,
    body,
    marks,
    subtitle: measured(bars.value),
    note: shownNote(bars.list.length, rowCount(table), space.words),
  };
};
