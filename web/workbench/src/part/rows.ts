/** The tables of a report read row by row, by the names of their columns. */

import { findTable, rowCount, type Cell, type Report } from '../../../figures/src/report';

export type Row = Record<string, Cell>;

/** All rows of a table; none where the report has no such table. */
export function tableRows(report: Report, name: string): Row[] {
  const table = findTable(report, name);
  if (!table) return [];
  return Array.from({ length: rowCount(table) }, (_, i) =>
    Object.fromEntries(table.columns.map((column) => [column.name, column.values[i] ?? null])),
  );
}

export function text(row: Row | undefined, column: string): string {
  const value = row?.[column] ?? null;
  return value === null ? '' : String(value);
}

/** A finite number, or NaN for an empty cell. */
export function number(row: Row | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === 'number' && Number.isFinite(value) ? value : NaN;
}

export function unitOf(report: Report, table: string, column: string): string {
  return findTable(report, table)?.columns.find(({ name }) => name === column)?.unit ?? '';
}

/** "China: Coal" -> ["China", "Coal"]; a label without a region has an empty first part. */
export function split(label: string): [string, string] {
  const at = label.indexOf(': ');
  return at < 0 ? ['', label] : [label.slice(0, at), label.slice(at + 2)];
}
