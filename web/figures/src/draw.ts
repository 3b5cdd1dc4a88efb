/** From a figure's declaration to its drawing. */

import { drawBars } from './bars';
import type { Draw, Drawing, Space } from './chart';
import { drawDumbbell } from './dumbbell';
import { drawHeatmap } from './heatmap';
import { drawLines } from './lines';
import { drawMultiples } from './multiples';
import { svg, type SvgNode } from './node';
import { FigureError, findTable, rowCount, type Figure, type Report, type Table } from './report';
import { drawSankey } from './sankey';
import { drawScatter } from './scatter';
import { drawStacked } from './stacked';
import { drawSteps } from './steps';
import { drawTiers } from './tiers';
import { fontFamily } from './text';

export const kinds: Record<string, Draw> = {
  bars: drawBars,
  stacked: drawStacked,
  multiples: drawMultiples,
  dumbbell: drawDumbbell,
  heatmap: drawHeatmap,
  scatter: drawScatter,
  lines: drawLines,
  tiers: drawTiers,
  sankey: drawSankey,
  steps: drawSteps,
};

/** The table a figure draws. @throws FigureError when the report has none of that name */
export function tableOf(report: Report, figure: Figure): Table {
  const table = findTable(report, figure.table);
  if (!table) throw new FigureError(`the report has no table '${figure.table}'`);
  return table;
}

/** @throws FigureError for an unknown kind, a missing role or column, an empty table */
export function draw(figure: Figure, table: Table, space: Space): Drawing {
  const one = Object.hasOwn(kinds, figure.kind) ? kinds[figure.kind] : undefined;
  if (!one) throw new FigureError(`'${figure.kind}' is not a kind of chart`);
  return one(figure, table, space);
}

export function isEmpty(table: Table): boolean {
  return rowCount(table) === 0;
}

/** The whole SVG, with its name and description for those who do not see it. */
export function frame(drawing: Drawing, title: string, description: string): SvgNode {
  const { width, height } = drawing;
  return svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: 'img',
      'aria-label': title,
      'font-family': fontFamily,
    },
    svg('title', {}, title),
    svg('desc', {}, description),
    ...drawing.body,
  );
}
