/** The page of a report: findings in words first, then figures with their numbers, then sources. */

import { freshId, h } from './dom';
import { figureView, type FigureView, type Surroundings } from './figure_view';
import { svg, toDom } from './node';
import { scientific } from './number';
import { findTable, rowCount, type Figure, type Report, type Residual, type Tone } from './report';
import { tableId, tableView, type TableView } from './table_view';
import { themeButton } from './theme';

interface Part {
  id: string;
  title: string;
  element: HTMLElement;
}

interface Views {
  figures: FigureView[];
  tables: TableView[];
}

/** Staves of a barrel, one of them short. */
function brandMark(): SVGElement {
  const heights = [20, 22, 11, 22, 20];
  const staves = heights.map((height, i) =>
    svg('rect', {
      x: i * 6,
      y: 24 - height,
      width: 4.6,
      height,
      rx: 1,
      fill: `var(--${i === 2 ? 'short' : 'stave'})`,
    }),
  );
  return toDom(
    svg('svg', { viewBox: '0 0 30 24', width: 30, height: 24, 'aria-hidden': 'true' }, ...staves),
  );
}

/** A different shape a tone, so that the colour is not needed. */
function toneMark(tone: Tone): SVGElement {
  const paint = { fill: `var(--${tone})` };
  const stroke = {
    fill: 'none',
    stroke: 'var(--page)',
    'stroke-width': 2.2,
    'stroke-linecap': 'round',
  };
  const bang = (top: number, low: number) => [
    svg('path', { d: `M12 ${top}V${low}`, ...stroke }),
    svg('circle', { cx: 12, cy: low + 4, r: 1.4, fill: 'var(--page)' }),
  ];
  const shapes = {
    alarm: [svg('path', { d: 'M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9z', ...paint }), ...bang(6.5, 13)],
    warning: [svg('path', { d: 'M12 1.6 23 21.5H1z', ...paint }), ...bang(8.5, 14)],
    good: [
      svg('circle', { cx: 12, cy: 12, r: 11, ...paint }),
      svg('path', { d: 'm7 12.4 3.4 3.4L17 9', ...stroke }),
    ],
    plain: [svg('rect', { x: 5, y: 10.5, width: 14, height: 3, rx: 1.5, ...paint })],
  };
  const frame = { viewBox: '0 0 24 24', width: 24, height: 24, 'aria-hidden': 'true' };
  return toDom(svg('svg', frame, ...(shapes[tone] ?? shapes.plain)));
}

function findings(report: Report, around: Surroundings): Part {
  const { words } = around;
  const list = h('ul', { class: 'findings' });
  for (const { text, tone } of report.findings) {
    const name = words.tones[tone] ?? '';
    const said = name === '' ? undefined : h('strong', { class: 'tone' }, name);
    const item = h('li', { class: tone in words.tones ? tone : 'plain' }, toneMark(tone));
    item.append(h('p', {}, said, said ? ' ' : undefined, text));
    list.append(item);
  }
  const title = h('h2', { class: 'offscreen', id: 'findings-title' }, words.findings);
  const element = h('section', { id: 'findings', 'aria-labelledby': 'findings-title' }, title);
  if (!report.verdict)
    element.append(h('p', { class: 'verdict' }, toneMark('alarm'), words.verdictNo));
  element.append(list);
  return { id: 'findings', title: words.findings, element };
}

function section(title: string, ...children: (Node | undefined)[]): Part {
  const id = freshId('part');
  const head = h('h2', { id: `${id}-title` }, title);
  const element = h('section', { id, class: 'part', 'aria-labelledby': `${id}-title` }, head);
  for (const child of children) if (child) element.append(child);
  return { id, title, element };
}

/** Each figure with its table; a table drawn twice stands under the first and is linked after. */
function figureParts(report: Report, around: Surroundings, views: Views): Part[] {
  const seen = new Set<string>();
  return report.figures.map((figure: Figure) => {
    const view = figureView(report, figure, around);
    views.figures.push(view);
    const table = findTable(report, figure.table);
    if (!table) return section(figure.title, view.element);
    if (seen.has(table.name)) {
      const link = h('a', { href: `#${tableId(table)}` }, around.words.sameTable(table.title));
      return section(figure.title, view.element, h('p', { class: 'note' }, link));
    }
    seen.add(table.name);
    const numbers = tableView(table, around.words);
    views.tables.push(numbers);
    return section(figure.title, view.element, numbers.element);
  });
}

const openRows = 30;

function tablePart(report: Report, around: Surroundings, views: Views): Part[] {
  const drawn = new Set(report.figures.map((figure) => figure.table));
  const rest = report.tables.filter((table) => !drawn.has(table.name));
  if (rest.length === 0) return [];
  const shown = rest.map((table) => tableView(table, around.words, rowCount(table) <= openRows));
  views.tables.push(...shown);
  return [section(around.words.tables, ...shown.map((view) => view.element))];
}

function balanceRow(residual: Residual, around: Surroundings): HTMLElement {
  const { words } = around;
  const missed = residual.relative ?? NaN;
  const judged = residual.tolerance > 0;
  const held = missed <= residual.tolerance;
  const verdict = h('td', { class: judged ? (held ? 'held' : 'missed') : 'stated' });
  if (judged) verdict.append(toneMark(held ? 'good' : 'alarm'));
  verdict.append(judged ? (held ? words.holds : words.fails) : words.stated);
  return h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'text' }, residual.balance),
    h('td', { class: 'number' }, Number.isFinite(missed) ? scientific(missed) : words.noData),
    h('td', { class: 'number' }, judged ? scientific(residual.tolerance, 1) : ''),
    verdict,
  );
}

function balances(report: Report, around: Surroundings): HTMLElement | undefined {
  const { words } = around;
  const { residuals } = report.provenance;
  if (residuals.length === 0) return undefined;
  const head = h('tr');
  for (const name of [words.balance, words.relative, words.tolerance, words.held]) {
    const kind = name === words.balance || name === words.held ? 'text' : 'number';
    head.append(h('th', { scope: 'col', class: kind }, name));
  }
  const body = h('tbody', {}, ...residuals.map((residual) => balanceRow(residual, around)));
  const table = h('table', { class: 'balances' }, h('thead', {}, head), body);
  const label = { 'aria-label': words.balances, class: 'scroller', role: 'region', tabindex: 0 };
  return h('div', {}, h('h3', {}, words.balances), h('div', label, table));
}

function provenance(report: Report, around: Surroundings): Part {
  const { words } = around;
  const p = report.provenance;
  const given = Object.entries(p.parameters).map(([name, value]) => `${name} = ${value}`);
  const facts: [string, string][] = [
    [words.fields.analysis, report.analysis],
    [words.fields.chain, [p.chain, p.title].filter(Boolean).join(': ')],
    [words.fields.year, p.year === 0 ? '' : String(p.year)],
    [words.fields.unit, p.unit],
    [words.fields.source, p.source],
    [words.fields.licence, p.licence],
    [words.fields.parameters, given.join('; ')],
    [words.fields.version, p.version],
  ];
  const list = h('dl', { class: 'facts' });
  for (const [name, value] of facts) {
    if (value !== '') list.append(h('div', {}, h('dt', {}, name), h('dd', {}, value)));
  }
  const notes = h('ul', { class: 'notes' }, ...p.notes.map((note) => h('li', {}, note)));
  const noted = p.notes.length > 0 ? h('div', {}, h('h3', {}, words.notes), notes) : undefined;
  return section(words.provenance, list, balances(report, around), noted);
}

function contents(parts: Part[], around: Surroundings): HTMLElement | undefined {
  if (parts.length < 4) return undefined;
  const items = parts.map((part) => h('li', {}, h('a', { href: `#${part.id}` }, part.title)));
  const title = h('summary', {}, around.words.contents);
  const list = h('details', {}, title, h('ol', {}, ...items));
  const wide = window.matchMedia('(min-width: 981px)');
  const unfold = () => (list.open = wide.matches);
  wide.addEventListener('change', unfold);
  unfold();
  return h('nav', { class: 'contents', 'aria-label': around.words.contents }, list);
}

function heading(report: Report, around: Surroundings): HTMLElement {
  const { words } = around;
  const { title, year } = report.provenance;
  const where = [title, year > 0 && !title.includes(String(year)) ? String(year) : '']
    .filter(Boolean)
    .join(', ');
  const print = h('button', { type: 'button', class: 'quiet', onclick: () => window.print() });
  print.append(words.print);
  const brand = h('div', { class: 'brand' }, brandMark(), h('span', {}, words.brand));
  const bar = h(
    'div',
    { class: 'bar' },
    brand,
    h('div', { class: 'tools' }, themeButton(words), print),
  );
  const question =
    report.question === '' ? undefined : h('p', { class: 'question' }, report.question);
  const place = where === '' ? undefined : h('p', { class: 'where' }, where);
  return h('header', {}, bar, h('h1', {}, report.title), question, place);
}

const printWidth = 660;
const printedRows = { whole: 30, start: 15 };

/** Paper has its own width and cannot be clicked: charts are drawn for it, tables opened. */
function readyForPrint(views: Views): void {
  window.addEventListener('beforeprint', () => {
    views.figures.forEach((view) => view.redraw(printWidth));
    views.tables.forEach((view) => view.print(printedRows.whole, printedRows.start));
  });
  window.addEventListener('afterprint', () => {
    views.tables.forEach((view) => view.restore());
    views.figures.forEach((view) => view.redraw());
  });
}

export function renderPage(report: Report, root: HTMLElement, around: Surroundings): void {
  const views: Views = { figures: [], tables: [] };
  const parts = [
    findings(report, around),
    ...figureParts(report, around, views),
    ...tablePart(report, around, views),
    provenance(report, around),
  ];
  const skip = h('a', { class: 'skip', href: '#findings' }, around.words.skip);
  const main = h('main', {}, ...parts.map((part) => part.element));
  const toc = contents(parts, around);
  root.replaceChildren(skip, heading(report, around));
  const columns = h('div', { class: toc ? 'columns' : 'column' });
  if (toc) columns.append(toc);
  columns.append(main);
  root.append(columns);
  document.title = `${report.title} – ${around.words.brand}`;
  views.figures.forEach((view) => view.redraw());
  readyForPrint(views);
}
