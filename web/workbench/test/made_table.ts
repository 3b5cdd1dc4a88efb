import type { Cell, Column, Table } from '../../figures/src/report';

/** A table by its columns; numbers are in `unit`. */
export function madeTable(name: string, columns: Record<string, Cell[]>, unit: string): Table {
  return {
    name,
    title: name,
    columns: Object.entries(columns).map(([column, values]): Column => {
      const type = values.some((value) => typeof value === 'number') ? 'real' : 'text';
      return { name: column, type, unit: type === 'real' ? unit : '', meaning: '', values };
    }),
  };
}
