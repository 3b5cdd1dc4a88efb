/** How one table is looked at: its order, what is looked for, which columns. Nothing here draws. */

import { rowCount, type Column, type Table } from '../../../figures/src/report';
import { ask, asked } from '../address.svelte';
import { cellTold, told } from '../declared';
import { language, type Names } from '../language.svelte';
import { found, ordered, type Shown } from './table_rows';

export interface TableGiven {
  table: Table;
  names: Names | undefined;
  /** Keeps what the reader wants in the address of the page under this name. */
  keep: string | undefined;
  /** Columns that are not shown at first. */
  hidden: readonly string[];
  heading: string | undefined;
}

export class TableLook {
  // What the reader wants: in the address where it is kept, else here.
  private own = $state<Record<string, string>>({});
  filterRow = $state(false);
  private readonly given: () => TableGiven;

  constructor(given: () => TableGiven) {
    this.given = given;
  }

  wish(name: string): string {
    const { keep } = this.given();
    return keep ? asked(`${keep}.${name}`) : (this.own[name] ?? '');
  }
  want(name: string, value: string): void {
    const { keep } = this.given();
    if (keep) ask({ [`${keep}.${name}`]: value }, { replace: true });
    else this.own[name] = value;
  }

  readonly table = $derived.by(() => this.given().table);
  readonly title = $derived.by(
    () => this.given().heading ?? told(this.table.title || this.table.name),
  );
  /** For a reader who does not see the title above it. */
  readonly named = $derived(this.title || told(this.table.title || this.table.name));
  readonly shown: Shown = $derived.by(() => cellTold(this.given().names));
  readonly order = $derived(this.wish('sort'));
  readonly wanted = $derived(this.wish('find'));
  readonly byColumn = $derived(
    Object.fromEntries(this.table.columns.map(({ name }) => [name, this.wish(`is.${name}`)])),
  );
  readonly filtering = $derived(Object.values(this.byColumn).some((text) => text !== ''));
  readonly filters = $derived(this.filterRow || this.filtering);
  private readonly chosen = $derived(this.wish('columns'));
  readonly columns = $derived.by(() => {
    const { hidden } = this.given();
    const listed = this.chosen.split(',');
    const few = this.table.columns.filter(({ name }) =>
      this.chosen === '' ? !hidden.includes(name) : listed.includes(name),
    );
    return few.length > 0 ? few : this.table.columns;
  });
  readonly count = $derived(rowCount(this.table));
  private readonly fitting = $derived(found(this.table, this.wanted, this.byColumn, this.shown));
  readonly rows = $derived.by(() => {
    const column = this.table.columns.find(({ name }) => name === this.order.replace(/^-/, ''));
    if (!column) return this.fitting;
    const locale = language() === 'zh' ? 'zh-CN' : 'en';
    return ordered(column, this.fitting, this.order.startsWith('-'), this.shown, locale);
  });
  readonly changed = $derived(
    this.order !== '' || this.wanted !== '' || this.filtering || this.chosen !== '',
  );

  /** First down for numbers, up for texts; then the other way; then as it was. */
  sortBy({ name, type }: Column): void {
    const [first, second] = type === 'text' ? [name, `-${name}`] : [`-${name}`, name];
    this.want('sort', this.order === first ? second : this.order === second ? '' : first);
  }

  sortOf(name: string): 'ascending' | 'descending' | 'none' {
    if (this.order === name) return 'ascending';
    return this.order === `-${name}` ? 'descending' : 'none';
  }

  choose(name: string, on: boolean): void {
    const { hidden } = this.given();
    const listed = (some: readonly Column[]) => some.map((column) => column.name).join();
    const kept = this.table.columns.filter((column) =>
      column.name === name ? on : this.columns.includes(column),
    );
    const byDefault = this.table.columns.filter((column) => !hidden.includes(column.name));
    this.want('columns', listed(kept) === listed(byDefault) ? '' : listed(kept));
  }

  clear(): void {
    this.filterRow = false;
    for (const name of ['sort', 'find', 'columns']) this.want(name, '');
    for (const { name } of this.table.columns) this.want(`is.${name}`, '');
  }
}

/** Classes of columns, not structural selectors: those make a browser look at every cell. */
export function columnClasses(columns: readonly Column[]): (string | false)[][] {
  return columns.map(({ type }, i) => {
    const apart = type === 'text' && i > 0 && columns[i - 1]!.type !== 'text';
    return [i === 0 && 'first', type !== 'text' && 'number', apart && 'apart'];
  });
}
