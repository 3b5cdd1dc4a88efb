/** What `structure` holds: linkages as quadrants, and what is lost without a part. */

import type { Figure } from '../../../../figures/src/report';
import type { Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';

export const quadrants = ['key', 'backward', 'forward', 'weak'] as const;
export type Quadrant = (typeof quadrants)[number];

/** How many makers stand in each quadrant; of one region where it is named. */
export function quadrantCounts(report: Report, region: string): Record<Quadrant, number> {
  const counts = { key: 0, backward: 0, forward: 0, weak: 0 };
  for (const row of tableRows(report, 'linkages')) {
    const key = text(row, 'key');
    if (region !== '' && text(row, 'region') !== region) continue;
    if (key in counts) counts[key as Quadrant] += 1;
  }
  return counts;
}

/** The report with the linkages of one region alone; all where it is ''. */
export function ofRegion(report: Report, region: string): Report {
  if (region === '') return report;
  return {
    ...report,
    tables: report.tables.map((table) => {
      if (table.name !== 'linkages') return table;
      const regions = table.columns.find(({ name }) => name === 'region')?.values ?? [];
      const kept = regions.flatMap((value, i) => (value === region ? [i] : []));
      const columns = table.columns.map((column) => ({
        ...column,
        values: kept.map((i) => column.values[i] ?? null),
      }));
      return { ...table, columns };
    }),
  };
}

/** Backward against forward linkage, divided where each is that of the average maker. */
export const quadrantFigure = (title: string, caption: string): Figure => ({
  kind: 'scatter',
  table: 'linkages',
  title,
  caption,
  columns: { label: 'label', x: 'backward_index', y: 'forward_index', size: 'output' },
  most: 120,
  plane: { cross: { x: 1, y: 1 } },
});

export const parts = ['extraction', 'extraction_regions', 'extraction_products'] as const;
export type Part = (typeof parts)[number];
export const kinds = ['lost', 'others', 'backward', 'forward', 'supply', 'isolated'] as const;
export type LossKind = (typeof kinds)[number];

export interface Loss {
  key: string;
  name: string;
  value: number;
  /** Per cent of the whole chain. */
  share: number;
}

/** What is lost without each, by one kind of extraction, largest first. */
export function losses(report: Report, part: Part, kind: LossKind): { rows: Loss[]; unit: string } {
  const id = part === 'extraction' ? 'node' : part === 'extraction_regions' ? 'region' : 'product';
  const rows = tableRows(report, part).flatMap((row): Loss[] => {
    const value = number(row, kind);
    if (!Number.isFinite(value)) return [];
    // The whole chain: what is lost of it in all, by its share.
    const share = (number(row, 'lost_share') / number(row, 'lost')) * value;
    const name = text(row, part === 'extraction' ? 'label' : 'name');
    return [{ key: text(row, id), name, value, share }];
  });
  rows.sort((a, b) => b.value - a.value);
  return { rows, unit: unitOf(report, part, 'lost') };
}
