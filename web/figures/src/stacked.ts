/** One bar a label, divided by part. The largest parts have colours; the rest is one grey. */

import { scaleLinear } from 'd3-scale';
import {
  color,
  key,
  label,
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
  type Mark,
  type Quantity,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import { requiredColumn, rowCount, textAt, type Figure, type Table } from './report';
import { widest, wrap } from './text';

interface Stack {
  name: string;
  parts: number[];
  total: number;
}

interface Stacks {
  list: Stack[];
  parts: string[];
  value: Quantity;
  all: number;
}

/** The parts with the largest sums first; beyond the colours there are, "Other". */
function chooseParts(sums: Map<string, number>, other: string): string[] {
  const ranked = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return ranked.length <= seriesCount ? ranked : [...ranked.slice(0, seriesCount), other];
}

function read(figure: Figure, table: Table, space: Space): Stacks {
  const names = requiredColumn(table, figure, 'label');
  const parts = requiredColumn(table, figure, 'part');
  const rows = firstRows(rowCount(table));
  const value = quantities([requiredColumn(table, figure, 'value')], space, rows)[0]!;
  const known = positions(rows.map((row) => textAt(names, row)));
  const kept = [...known.keys()].slice(0, shownOf(known.size, figure.most, limits.rows));
  const sums = new Map<string, number>();
  for (const row of rows) {
    const size = Math.abs(value.values[row]!);
    const part = textAt(parts, row);
    sums.set(part, (sums.get(part) ?? 0) + (Number.isFinite(size) ? size : 0));
  }
  const chosen = chooseParts(sums, space.words.other);
  const list = kept.map((name): Stack => ({ name, parts: chosen.map(() => 0), total: 0 }));
  for (const row of rows) {
    const stack = list[known.get(textAt(names, row))!];
    const amount = value.values[row]!;
    if (!stack || !Number.isFinite(amount)) continue;
    const at = chosen.indexOf(textAt(parts, row));
    stack.parts[at >= 0 ? at : chosen.length - 1]! += amount;
    stack.total += amount;
  }
  return { list, parts: chosen, value, all: known.size };
}

/** From where to where each part runs: positive parts to the right of zero, negative to the left. */
function spans(stack: Stack): [number, number][] {
  let right = 0;
  let left = 0;
  return stack.parts.map((part) => {
    const from = part < 0 ? left : right;
    if (part < 0) left += part;
    else right += part;
    return [from, from + part];
  });
}

const thickness = 22;

export const drawStacked: Draw = (figure, table, space) => {
  const stacks = read(figure, table, space);
  const { measure } = space;
  const natural = widest(
    stacks.list.map((s) => s.name),
    sizes.label,
    measure,
  );
  const above = labelsAbove(space, natural);
  const labelWidth = above ? space.width : Math.min(natural + 1, space.width * 0.34);
  const left = above ? 0 : labelWidth + 12;
  const height = above ? 50 : 36;
  const top = key(
    stacks.parts.map((name, i) => ({ name, fill: series(i) })),
    space,
  );
  const begin = top.height + 22;
  const reach = stacks.list.flatMap((s) => spans(s).flat());
  const low = Math.min(0, ...reach);
  const high = Math.max(0, ...reach);
  const totals = stacks.list.map((s) => stacks.value.format(s.total));
  const room = widest(totals, sizes.strong, measure) + 10;
  const x = scaleLinear([low, high === low ? 1 : high], [left, space.width - room]);
  const bottom = begin + stacks.list.length * height;
  const body: SvgNode[] = [...top.body, ...ruler(x, begin, bottom, space)];
  const marks: Mark[] = [];
  stacks.list.forEach((stack, i) => {
    const y = begin + i * height;
    const barTop = above ? y + 22 : y + (height - thickness) / 2;
    const texts = wrap(stack.name, labelWidth, sizes.label, measure, above ? 1 : 2);
    const first = above ? y + 15 : y + height / 2 + 4.5 - (texts.length - 1) * 8;
    body.push(
      ...lines(above ? 0 : labelWidth, first, texts, {
        anchor: above ? 'start' : 'end',
        halo: true,
      }),
    );
    spans(stack).forEach(([from, to], part) => {
      if (from === to) return;
      const start = Math.min(x(from), x(to));
      const width = Math.abs(x(to) - x(from));
      const box = { x: start, y: barTop, width, height: thickness };
      body.push(
        svg('rect', { ...box, fill: series(part), stroke: color('page'), 'stroke-width': 1 }),
      );
      const text = stacks.value.format(to - from);
      if (measure(text, sizes.small) + 8 <= width) {
        const style = { font: sizes.small, fill: color('on-series'), anchor: 'middle' as const };
        body.push(label(start + width / 2, barTop + 15, text, style));
      }
      const share: [string, string] = [stacks.parts[part]!, stacks.value.said(to - from)];
      marks.push({ ...box, title: stack.name, lines: [share] });
    });
    const end = Math.max(0, ...spans(stack).flat());
    body.push(label(x(end) + 6, barTop + 15.5, totals[i]!, { font: sizes.strong, halo: true }));
  });
  return {
    width: space.width,
    height: bottom + 4,
    body,
    marks,
    subtitle: measured(stacks.value),
    note: shownNote(stacks.list.length, stacks.all, space.words),
  };
};
