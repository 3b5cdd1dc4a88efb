/** A figure and its table in the reader's language, so that a chart shows what the table shows. */

import type { Figure, Report, Table } from '../../../figures/src/report';
import type { Shown } from './table_rows';

/** The table with its texts told anew, but those of the column `kept`; numbers are the same. */
export function toldTable(table: Table, shown: Shown, told: Shown, kept = ''): Table {
  return {
    ...table,
    title: told(table.title),
    columns: table.columns.map((column) => ({
      ...column,
      meaning: told(column.meaning),
      values:
        column.type === 'text' && column.name !== kept
          ? column.values.map((value) => (value === null ? null : shown(String(value))))
          : column.values,
    })),
  };
}

/** A report that holds one figure and its table; its marks stay: they say how it is drawn. */
export function toldFigure(
  report: Report,
  figure: Figure,
  shown: Shown,
  told: Shown,
  sentence: Shown,
): { report: Report; figure: Figure } {
  const tables = report.tables.filter(({ name }) => name === figure.table);
  const mine = { ...figure, title: sentence(figure.title), caption: sentence(figure.caption) };
  return {
    report: {
      ...report,
      tables: tables.map((table) => toldTable(table, shown, told, figure.columns['mark'])),
    },
    figure: mine,
  };
}
