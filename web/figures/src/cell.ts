/** The cells of a table: as text for the eye, and as CSV with every digit. */

import { columnFormat } from './number';
import type { Cell, Column, Table } from './report';

/** How the cells of a column are shown. Years carry no thousands separator. */
export function cellText(column: Column): (value: Cell) => string {
  if (column.type === 'text') return (value) => (value === null ? '' : String(value));
  if (/(^|_)year$/.test(column.name)) return (value) => (value === null ? '' : String(value));
  const numbers = column.values.filter((v): v is number => typeof v === 'number');
  const format = columnFormat(numbers, 4);
  return (value) => (typeof value === 'number' ? format(value) : '');
}

export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with every digit, as `stave --csv` writes it. */
export function csv(table: Table): string {
  const head = ({ name, unit }: Column) => csvCell(unit === '' ? name : `${name} [${unit}]`);
  const rows = [table.columns.map(head).join(',')];
  const count = table.columns[0]?.values.length ?? 0;
  for (let row = 0; row < count; row += 1) {
    rows.push(table.columns.map((column) => csvCell(column.values[row] ?? null)).join(','));
  }
  return rows.join('\n') + '\n';
}
