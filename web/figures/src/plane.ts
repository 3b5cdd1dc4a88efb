/** The plane two measures span: axes with their names, for scatter and lines. */

import { color, label, line, sizes, type Space } from './chart';
import type { SvgNode } from './node';
import { shorten, widest } from './text';

export interface Axis {
  name: string;
  ticks: { at: number; text: string }[];
}

export interface Plane {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const soft = { font: sizes.small, fill: color('ink-soft') };

export function planeLeft(texts: string[], space: Space): number {
  return widest(texts, sizes.small, space.measure) + 10;
}

/** Values of y on the left with lines across; its name stands above, that of x below. */
export function axes(plane: Plane, x: Axis, y: Axis, space: Space): SvgNode[] {
  const body: SvgNode[] = [];
  for (const tick of y.ticks) {
    body.push(line(plane.left, tick.at, plane.right, tick.at, color('grid')));
    body.push(label(plane.left - 8, tick.at + 4, tick.text, { ...soft, anchor: 'end' }));
  }
  body.push(line(plane.left, plane.bottom, plane.right, plane.bottom, color('axis')));
  let last = -Infinity;
  for (const tick of x.ticks) {
    const half = space.measure(tick.text, sizes.small) / 2;
    const at = Math.max(half, Math.min(tick.at, space.width - half));
    if (at - half < last + 10) continue;
    last = at + half;
    body.push(line(tick.at, plane.bottom, tick.at, plane.bottom + 5, color('axis')));
    body.push(label(at, plane.bottom + 18, tick.text, { ...soft, anchor: 'middle' }));
  }
  if (y.name !== '') {
    const text = shorten(`↑ ${y.name}`, space.width, sizes.small, space.measure);
    body.push(label(0, plane.top - 14, text, soft));
  }
  if (x.name !== '') {
    const text = shorten(`${x.name} →`, space.width, sizes.small, space.measure);
    body.push(label(plane.right, plane.bottom + 38, text, { ...soft, anchor: 'end' }));
  }
  return body;
}
