/** A row of a ranked list: a name, a number with its bar, and what else is worth a line. */
export interface RankedRow {
  key: string;
  name: string;
  /** Where the name leads. */
  to?: string | undefined;
  /** Length of the bar, of 1. */
  bar: number;
  /** Up to here the bar runs on lighter. */
  high?: number;
  /** The number in words. */
  value: string;
  more?: string;
  /** What can be done with it. */
  action?: { text: string; to: string };
  /** Colour of the bar: a name of colour.css. */
  color?: string;
  tag?: string;
  /** Lights up with this key too: a region, in which it is. */
  group?: string;
  /** Parts of a whole, drawn as one divided bar under the name. */
  parts?: { name: string; share: number; color: string }[];
}

/** Lengths of bars on one scale, the longest being 1. */
export function scaled(values: number[]): (value: number) => number {
  const most = Math.max(0, ...values.filter((value) => Number.isFinite(value)));
  return (value) => (most > 0 && value > 0 ? value / most : 0);
}
