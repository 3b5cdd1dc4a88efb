/** The curves of a report of `shock`, as the one renderer draws them. */

import { findTable, rowCount, type Figure } from '../../../../figures/src/report';
import type { Report } from '../../interface';
import type { Words } from '../../words/en';

/** How much is made, what final use misses, which stocks run out, what is lost. */
export function curvesOf(report: Report, t: Words['days']): Figure[] {
  const has = (table: string) => {
    const found = findTable(report, table);
    return found !== undefined && rowCount(found) > 0;
  };
  const line = (table: string, title: string, columns: Record<string, string>): Figure[] =>
    has(table)
      ? [{ kind: 'lines', table, title, caption: '', columns: { x: 'day', ...columns }, most: 0 }]
      : [];
  const band = (name: string) => ({
    y: `${name}_median`,
    low: `${name}_low`,
    high: `${name}_high`,
  });
  const drawn = has('bands');
  return [
    ...(drawn
      ? line('bands', t.madeBand, band('output'))
      : line('days', t.made, { y: 'of_normal' })),
    ...(drawn
      ? line('bands', t.unmetBand, band('unmet'))
      : line('days', t.unmet, { y: 'final_unmet' })),
    ...line('unmet_by_product', t.unmetByProduct, { y: 'unmet', series: 'product' }),
    ...line('stock_by_product', t.stockByProduct, { y: 'stock', series: 'product' }),
  ];
}
