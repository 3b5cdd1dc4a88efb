/** A picture one can walk through: a drawing whose parts have keys, and what is said of them. */

import type { Drawing, Mark } from '../../../figures/src/chart';
import { svg, type Attributes, type SvgNode } from '../../../figures/src/node';

/** What can be pointed at, reached by keys, and opened. Drawn as the group with the same key. */
export interface Spot {
  key: string;
  mark: Mark;
  /** Something happens when it is opened. */
  opens: boolean;
}

export interface Told {
  title: string;
  lines: [string, string][];
}

export interface Picture extends Drawing {
  spots: Spot[];
  /** Keys that light up with a key: a box with its links, a link with its ends. */
  ties: Map<string, string[]>;
  /** What is said of a part that is no spot: a link, an arc. */
  tell: (key: string) => Told | undefined;
}

/** A group that is the picture of a spot. */
export const spotGroup = (key: string, ...children: SvgNode[]): SvgNode =>
  svg('g', { 'data-spot': key }, ...children);

/**
 * What is written beside spots: a layer of its own, which the pointer goes through. Who listens is
 * told each spot by its name, so these texts are left out there.
 */
export const written = (...texts: SvgNode[]): SvgNode =>
  svg('g', { 'pointer-events': 'none', 'aria-hidden': 'true' }, ...texts);

/** A path that lights up, but is not walked to: a link, an arc. */
export const tied = (key: string, attributes: Attributes): SvgNode =>
  svg('path', { ...attributes, 'data-tied': key });

/** Steps of one colour for shares in per cent; below the first step: the palest. */
export const shareSteps = [0.1, 0.3, 1, 3, 10, 30];
export const lossSteps = [0.1, 1, 5, 10, 25, 50];

/** Which step a value is on: 0 below the first, steps.length from the last up; -1: unknown. */
export function stepOf(value: number, steps: readonly number[]): number {
  if (!Number.isFinite(value)) return -1;
  let step = 0;
  while (step < steps.length && value >= steps[step]!) step += 1;
  return step;
}

export const shareColor = (share: number): string =>
  share > 0 ? `var(--seq-${1 + stepOf(share, shareSteps)})` : 'var(--panel)';

export const lossColor = (loss: number): string => {
  const step = stepOf(loss, lossSteps);
  return step < 0 ? 'var(--muted)' : loss > 0 ? `var(--neg-${1 + step})` : 'var(--neg-0)';
};

/** "< 0.1", "0.1 – 1", ..., "≥ 50" in per cent. */
export function stepNames(steps: readonly number[]): string[] {
  const first = `< ${steps[0]}`;
  const between = steps.slice(1).map((high, i) => `${steps[i]} – ${high}`);
  return [first, ...between, `≥ ${steps[steps.length - 1]}`].map((text) => `${text} %`);
}
