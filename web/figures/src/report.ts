/** A report as `stave ... --json` writes it (docs/report.md), and access to its columns. */

export type Tone = 'plain' | 'good' | 'warning' | 'alarm';
export type Cell = string | number | null;

export interface Column {
  name: string;
  type: 'text' | 'integer' | 'real';
  unit: string;
  meaning: string;
  values: Cell[];
}

export interface Table {
  name: string;
  title: string;
  columns: Column[];
}

export interface Figure {
  kind: string;
  table: string;
  title: string;
  caption: string;
  columns: Record<string, string>;
  most: number;
  /** More than points of a scatter; given by pages, not by reports, in the units of the columns. */
  plane?: {
    /** A curve beneath the points: x and y of each of its bends. */
    curve?: [number, number][];
    /** Rules across the plane: what divides it. */
    cross?: { x: number; y: number };
    /** What the axes hold at least, so that figures of one kind can be compared. */
    span?: { x: [number, number]; y: [number, number] };
  };
}

export interface Residual {
  balance: string;
  relative: number | null;
  tolerance: number;
}

export interface Provenance {
  chain: string;
  title: string;
  year: number;
  unit: string;
  source: string;
  licence: string;
  version: string;
  parameters: Record<string, string>;
  residuals: Residual[];
  notes: string[];
}

export interface Report {
  analysis: string;
  title: string;
  question: string;
  verdict: boolean;
  findings: { text: string; tone: Tone }[];
  tables: Table[];
  figures: Figure[];
  provenance: Provenance;
}

/** A figure that names a table or a column the report does not have. */
export class FigureError extends Error {}

export function rowCount(table: Table): number {
  return table.columns[0]?.values.length ?? 0;
}

export function findTable(report: Report, name: string): Table | undefined {
  return report.tables.find((table) => table.name === name);
}

/** The column that plays a role in a figure, or undefined where the role is not given. */
export function roleColumn(table: Table, figure: Figure, role: string): Column | undefined {
  const name = figure.columns[role];
  if (name === undefined || name === '') return undefined;
  const column = table.columns.find((c) => c.name === name);
  if (!column) throw new FigureError(`table '${table.name}' has no column '${name}'`);
  return column;
}

export function requiredColumn(table: Table, figure: Figure, role: string): Column {
  const column = roleColumn(table, figure, role);
  if (!column) throw new FigureError(`a figure of kind '${figure.kind}' needs the role '${role}'`);
  return column;
}

export function textAt(column: Column, row: number): string {
  const value = column.values[row];
  return value === null || value === undefined ? '' : String(value);
}

/** A finite number, or NaN for an empty cell. */
export function numberAt(column: Column, row: number): number {
  const value = column.values[row];
  return typeof value === 'number' && Number.isFinite(value) ? value : NaN;
}
