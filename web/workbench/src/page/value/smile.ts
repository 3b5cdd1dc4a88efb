/** The smile curve of a final product in one year, and the plane that holds it in all of them. */

import { findTable } from '../../../../figures/src/report';
import type { Figure } from '../../../../figures/src/report';
import type { Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';

export interface Adder {
  label: string;
  value: number;
  /** Per cent of the product's final use. */
  share: number;
  distance: number;
  valueAddedShare: number;
}

export interface Smile {
  adders: Adder[];
  /** The parabola; none where too few makers have a part. */
  curve: [number, number][];
  unit: string;
}

export function readSmile(report: Report): Smile {
  return {
    adders: tableRows(report, 'smile').map((row) => ({
      label: text(row, 'label'),
      value: number(row, 'value_added'),
      share: number(row, 'share'),
      distance: number(row, 'distance'),
      valueAddedShare: number(row, 'value_added_share'),
    })),
    curve: tableRows(report, 'smile_line').map((row) => [
      number(row, 'distance'),
      number(row, 'value_added_share'),
    ]),
    unit: unitOf(report, 'smile', 'value_added'),
  };
}

/** Makers drawn: the largest, as the report's own figure has them. */
export const drawn = 60;

type Span = NonNullable<NonNullable<Figure['plane']>['span']>;

const ends = (values: number[]): [number, number] => {
  const known = values.filter((value) => Number.isFinite(value));
  return [Math.min(...known), Math.max(...known)];
};

/** What axes hold that show all of these points; undefined without points. */
export function spanOf(points: { x: number; y: number }[]): Span | undefined {
  if (points.length === 0) return undefined;
  return { x: ends(points.map(({ x }) => x)), y: ends(points.map(({ y }) => y)) };
}

/** Points and curve as one figure, on a plane that holds every year. */
export function smileFigure(
  report: Report,
  years: Smile[],
  title: string,
  caption: string,
): Figure {
  const points = years.flatMap(({ adders, curve }) => [
    ...adders.slice(0, drawn).map((one) => ({ x: one.distance, y: one.valueAddedShare })),
    ...curve.map(([x, y]) => ({ x, y })),
  ]);
  const span = spanOf(points);
  return {
    kind: 'scatter',
    table: 'smile',
    title,
    caption,
    columns: { label: 'label', x: 'distance', y: 'value_added_share', size: 'value_added' },
    most: drawn,
    plane: { curve: readSmile(report).curve, ...(span ? { span } : {}) },
  };
}

/** Regions on the value chain, on a plane that holds every year. */
export function mapFigure(years: Report[], title: string, caption: string): Figure {
  const span = spanOf(
    years.flatMap((report) =>
      tableRows(report, 'regions').map((row) => ({
        x: number(row, 'upstreamness'),
        y: number(row, 'downstreamness'),
      })),
    ),
  );
  return {
    kind: 'scatter',
    table: 'regions',
    title,
    caption,
    columns: { label: 'name', x: 'upstreamness', y: 'downstreamness', size: 'output' },
    most: 60,
    plane: span ? { span } : {},
  };
}

export type Shape = 'smiles' | 'frowns' | 'rises' | 'falls' | 'unknown';

/** How the curve runs from downstream to upstream, and where it turns. */
export function shapeOf({ curve }: Smile): { shape: Shape; turn: number } {
  const [first, last] = [curve[0], curve[curve.length - 1]];
  if (!first || !last || curve.length < 3) return { shape: 'unknown', turn: NaN };
  const inner = curve.slice(1, -1);
  const low = inner.reduce((a, b) => (b[1] < a[1] ? b : a));
  const high = inner.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (low[1] < Math.min(first[1], last[1])) return { shape: 'smiles', turn: low[0] };
  if (high[1] > Math.max(first[1], last[1])) return { shape: 'frowns', turn: high[0] };
  return { shape: last[1] > first[1] ? 'rises' : 'falls', turn: NaN };
}

export const hasSmile = (report: Report) => findTable(report, 'smile') !== undefined;
