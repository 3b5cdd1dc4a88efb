/** A table on a page: sorted, searched, copied; long ones grow on demand. */

import { cellText, csv } from './cell';
import { freshId, h } from './dom';
import { whole } from './number';
import { rowCount, type Cell, type Column, type Table } from './report';
import { copyText, saveCsv } from './file';
import { humanName, type Words } from './words';

export interface TableView {
  element: HTMLElement;
  /** Opens for print: whole up to `whole` rows, else the first `start`. */
  print(whole: number, start: number): void;
  /** Puts it back as it was. */
  restore(): void;
}

const firstRows = 20;
const moreRows = 200;
/** Beyond, rows come in steps only: a browser stalls on more. */
const mostAtOnce = 20_000;
export const searchFrom = 20;

export type Direction = 'ascending' | 'descending' | 'none';

const collator = new Intl.Collator(undefined, { numeric: true });

/** Row numbers in the order of a column; empty cells last in either direction. */
export function sorted(column: Column, rows: number[], direction: Direction): number[] {
  if (direction === 'none') return [...rows].sort((a, b) => a - b);
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const x = column.values[a] ?? null;
    const y = column.values[b] ?? null;
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0) || a - b;
    const order =
      typeof x === 'number' && typeof y === 'number'
        ? x - y
        : collator.compare(String(x), String(y));
    return sign * order || a - b;
  });
}

export function matching(table: Table, wanted: string): number[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = table.columns.filter((column) => column.type === 'text');
  const rows = Array.from({ length: rowCount(table) }, (_, i) => i);
  return rows.filter((row) => {
    const line = texts
      .map((column) => column.values[row])
      .join(' ')
      .toLowerCase();
    return words.every((word) => line.includes(word));
  });
}

interface State {
  rows: number[];
  column: number;
  direction: Direction;
  shown: number;
}

class Grid {
  readonly body = h('tbody');
  readonly count = h('p', { class: 'note', 'aria-live': 'polite' });
  readonly more = h('div', { class: 'actions' });
  private readonly heads: HTMLElement[] = [];
  private readonly formats: ((value: Cell) => string)[];
  private state: State;

  constructor(
    private readonly table: Table,
    private readonly words: Words,
  ) {
    this.formats = table.columns.map(cellText);
    this.state = { rows: matching(table, ''), column: -1, direction: 'none', shown: firstRows };
  }

  head(): HTMLElement {
    const row = h('tr');
    this.table.columns.forEach((column, i) => {
      const name = humanName(column.name, this.words);
      const unit = column.unit === '' ? undefined : h('span', { class: 'unit' }, column.unit);
      const press = () => this.sortBy(i);
      const button = h('button', {
        type: 'button',
        title: column.meaning || false,
        onclick: press,
      });
      button.append(h('span', { class: 'name' }, name, h('i', { 'aria-hidden': 'true' })));
      if (unit) button.append(' ', unit);
      const cell = h('th', { scope: 'col', 'aria-sort': 'none', class: kindOf(column) }, button);
      this.heads.push(cell);
      row.append(cell);
    });
    return h('thead', {}, row);
  }

  sortBy(column: number): void {
    const { state } = this;
    const first = this.table.columns[column]!.type === 'text' ? 'ascending' : 'descending';
    const second = first === 'ascending' ? 'descending' : 'ascending';
    const fresh = state.column !== column || state.direction === 'none';
    state.direction = fresh ? first : state.direction === first ? second : 'none';
    state.column = column;
    state.rows = sorted(this.table.columns[column]!, state.rows, state.direction);
    this.heads.forEach((head, i) =>
      head.setAttribute('aria-sort', i === column ? state.direction : 'none'),
    );
    this.fill();
  }

  find(wanted: string): void {
    const { state } = this;
    state.rows = matching(this.table, wanted);
    const column = this.table.columns[state.column];
    if (column) state.rows = sorted(column, state.rows, state.direction);
    state.shown = firstRows;
    this.fill();
    this.count.textContent = wanted === '' ? '' : this.words.found(whole(state.rows.length));
  }

  fill(limit = this.state.shown): void {
    const lines = document.createDocumentFragment();
    for (const row of this.state.rows.slice(0, limit)) lines.append(this.line(row));
    this.body.replaceChildren(lines);
    this.more.replaceChildren(...this.moreButtons());
  }

  get rows(): number {
    return this.state.rows.length;
  }

  private line(row: number): HTMLElement {
    const cells = this.table.columns.map((column, i) => {
      const value = column.values[row] ?? null;
      const head = i === 0 && column.type === 'text';
      const properties = { class: kindOf(column), scope: head ? 'row' : undefined };
      return h(head ? 'th' : 'td', properties, this.formats[i]!(value));
    });
    return h('tr', {}, ...cells);
  }

  private moreButtons(): HTMLElement[] {
    const { state, words } = this;
    const left = state.rows.length - state.shown;
    const grow = (to: number) => () => {
      state.shown = to;
      this.fill();
    };
    const button = (text: string, to: number) =>
      h('button', { type: 'button', onclick: grow(to) }, text);
    if (left <= 0) return [];
    const all = button(words.all(whole(state.rows.length)), state.rows.length);
    const some = button(words.more(whole(moreRows)), state.shown + moreRows);
    if (left <= moreRows) return [all];
    return state.rows.length <= mostAtOnce ? [some, all] : [some];
  }
}

function kindOf(column: Column): string {
  return column.type === 'text' ? 'text' : 'number';
}

function copyButton(table: Table, words: Words): HTMLElement {
  const said = h('span', { class: 'said', 'aria-live': 'polite' });
  const press = async () => {
    said.textContent = (await copyText(csv(table))) ? words.copied : words.notCopied;
    setTimeout(() => (said.textContent = ''), 3000);
  };
  const button = h('button', { type: 'button', class: 'quiet', onclick: () => void press() });
  button.append(words.copyCsv);
  return h('span', {}, button, said);
}

function meanings(table: Table, words: Words): HTMLElement | undefined {
  const told = table.columns.filter((column) => column.meaning !== '');
  if (told.length === 0) return undefined;
  const list = h('dl');
  for (const column of told) {
    const unit = column.unit === '' ? '' : ` (${column.unit})`;
    list.append(h('dt', {}, humanName(column.name, words) + unit), h('dd', {}, column.meaning));
  }
  return h('details', { class: 'meanings' }, h('summary', {}, words.meanings), list);
}

function searchBox(grid: Grid, words: Words): HTMLElement {
  const id = freshId('find');
  const find = (event: Event) => grid.find((event.target as HTMLInputElement).value);
  const input = h('input', { type: 'search', id, oninput: find, autocomplete: 'off' });
  return h('span', { class: 'search' }, h('label', { for: id }, words.filter), input);
}

export function tableView(table: Table, words: Words, open = false): TableView {
  const count = rowCount(table);
  const grid = new Grid(table, words);
  const title = words.table(table.title || table.name, words.rows(count, whole(count)));
  const scroller = h('div', {
    class: 'scroller',
    tabindex: 0,
    role: 'region',
    'aria-label': table.title || table.name,
  });
  const fresh = h('table', {}, grid.head(), grid.body);
  scroller.append(fresh);
  const save = h('button', { type: 'button', class: 'quiet', onclick: () => saveCsv(table) });
  save.append(words.saveCsv);
  const tools = h('div', { class: 'actions' }, copyButton(table, words), save);
  if (count > searchFrom) tools.append(searchBox(grid, words));
  const printed = h('p', { class: 'note printed' });
  const body = h('div', {}, tools, grid.count, scroller, printed, grid.more);
  const help = meanings(table, words);
  if (help) body.append(help);
  const summary = h('summary', {}, h('span', {}, title));
  const element = h('details', { class: 'table', id: tableId(table) }, summary, body);
  if (count === 0) body.replaceChildren(h('p', { class: 'note' }, words.emptyTable));
  let filled = false;
  const fill = () => {
    if (!filled) grid.fill();
    filled = true;
  };
  element.addEventListener('toggle', () => element.open && fill());
  element.open = open;
  if (open) fill();
  let wasOpen = open;
  const print = (all: number, start: number) => {
    wasOpen = element.open;
    element.open = true;
    filled = true;
    const most = grid.rows <= all ? all : start;
    grid.fill(most);
    const left = grid.rows > most;
    printed.textContent = left ? words.printed(whole(most), whole(grid.rows)) : '';
  };
  const restore = () => {
    element.open = wasOpen;
    grid.fill();
  };
  return { element, print, restore };
}

export function tableId(table: Table): string {
  return `table-${table.name.replace(/[^\w-]/g, '_')}`;
}
