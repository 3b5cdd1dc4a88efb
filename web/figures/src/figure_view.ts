/** A figure on a page: drawn to the width there is, read by pointer or by keys, saved to a file. */

import type { Drawing, Mark } from './chart';
import { h } from './dom';
import { draw, frame, isEmpty, tableOf } from './draw';
import { svg, toDom } from './node';
import { FigureError, type Figure, type Report } from './report';
import { savePng, saveSvg, type Sheet } from './save';
import type { Measure } from './text';
import type { Words } from './words';

export interface Surroundings {
  measure: Measure;
  words: Words;
}

export interface FigureView {
  element: HTMLElement;
  /** Draws anew at a width, or at the width the page gives when none is named. */
  redraw(width?: number): void;
  /** Marks a value of x by an upright rule, where x is a number; undefined: none. */
  stand(x: number | undefined): void;
}

const savedWidth = 760;

/** The mark under a point: the smallest that holds it, else the nearest within 24 px. */
export function markAt(marks: Mark[], x: number, y: number): number {
  let best = -1;
  let least = 24 * 24;
  marks.forEach((mark, i) => {
    const dx = Math.max(mark.x - x, 0, x - mark.x - mark.width);
    const dy = Math.max(mark.y - y, 0, y - mark.y - mark.height);
    const distance = dx * dx + dy * dy;
    if (distance < least || (distance === 0 && smaller(mark, marks[best]))) {
      least = distance;
      best = i;
    }
  });
  return best;
}

function smaller(one: Mark, other: Mark | undefined): boolean {
  return other === undefined || one.width * one.height < other.width * other.height;
}

/** The mark that an arrow key leads to: the nearest in that direction, favouring straight ahead. */
export function nextMark(marks: Mark[], from: number, dx: number, dy: number): number {
  const centre = (m: Mark) => [m.x + m.width / 2, m.y + m.height / 2] as const;
  const start = marks[from];
  if (!start) return marks.length > 0 ? 0 : -1;
  const [x0, y0] = centre(start);
  let best = from;
  let least = Infinity;
  marks.forEach((mark, i) => {
    const [x, y] = centre(mark);
    const ahead = (x - x0) * dx + (y - y0) * dy;
    const aside = Math.abs((x - x0) * dy) + Math.abs((y - y0) * dx);
    const cost = ahead + 4 * aside;
    if (i !== from && ahead > 0.5 && cost < least) {
      least = cost;
      best = i;
    }
  });
  return best;
}

/** One mark shown at a time: an outline around it and its numbers in a small box. */
class Reader {
  readonly tip = h('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  readonly said = h('p', { class: 'offscreen', 'aria-live': 'polite' });
  private outline: SVGElement | undefined;
  private at = -1;
  private marks: Mark[] = [];

  constructor(private readonly stage: HTMLElement) {}

  use(drawing: Drawing, picture: SVGElement): void {
    this.marks = drawing.marks;
    this.outline = toDom(svg('rect', { class: 'outline', rx: 2, visibility: 'hidden' }));
    picture.append(this.outline);
    this.show(-1);
  }

  point(event: PointerEvent): void {
    const box = this.stage.getBoundingClientRect();
    this.show(markAt(this.marks, event.clientX - box.left, event.clientY - box.top));
  }

  press(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = {
      ArrowRight: [1, 0],
      ArrowLeft: [-1, 0],
      ArrowDown: [0, 1],
      ArrowUp: [0, -1],
    };
    const step = steps[event.key];
    if (event.key === 'Escape') this.show(-1);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.show(nextMark(this.marks, this.at, ...step));
    const mark = this.marks[this.at];
    if (mark) this.said.textContent = spoken(mark);
  }

  show(index: number): void {
    this.at = index;
    const mark = this.marks[index];
    this.tip.hidden = !mark;
    this.outline?.setAttribute('visibility', mark ? 'visible' : 'hidden');
    if (!mark) return;
    for (const name of ['x', 'y', 'width', 'height'] as const) {
      this.outline?.setAttribute(name, String(mark[name]));
    }
    const list = mark.lines.map(([name, value]) =>
      h('div', {}, h('span', {}, name), ' ', h('b', {}, value)),
    );
    this.tip.replaceChildren(h('strong', {}, mark.title), ...list);
    this.place(mark);
  }

  /** Above the mark, or below where there is no room; inside the width of the chart. */
  private place(mark: Mark): void {
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const room = this.stage.scrollWidth;
    const middle = Math.min(mark.x + mark.width / 2, room) - width / 2;
    const above = mark.y - height - 8;
    this.tip.style.left = `${Math.max(0, Math.min(middle, room - width))}px`;
    this.tip.style.top = `${above < -40 ? mark.y + mark.height + 8 : above}px`;
  }
}

function spoken(mark: Mark): string {
  return [mark.title, ...mark.lines.map(([name, value]) => `${name}: ${value}`)].join('. ');
}

function actions(sheet: () => Sheet, around: Surroundings): HTMLElement {
  const { words, measure } = around;
  const button = (text: string, act: () => void) =>
    h('button', { type: 'button', class: 'quiet', onclick: act }, text);
  return h(
    'div',
    { class: 'actions' },
    button(words.saveSvg, () => saveSvg(sheet(), measure)),
    button(words.savePng, () => void savePng(sheet(), measure)),
  );
}

function fallback(figure: Figure, why: string): FigureView {
  const element = h('figure', { class: 'figure' }, h('p', { class: 'failed' }, why));
  if (figure.caption !== '') element.append(h('figcaption', {}, figure.caption));
  return { element, redraw: () => undefined, stand: () => undefined };
}

/** The rule at a value of x. */
class Stand {
  private readonly rule = toDom(svg('line', { class: 'stand', visibility: 'hidden' }));
  private across: Drawing['across'];
  private at: number | undefined;

  use(drawing: Drawing, picture: SVGElement): void {
    this.across = drawing.across;
    picture.append(this.rule);
    this.put(this.at);
  }

  put(value: number | undefined): void {
    this.at = value;
    const { across, rule } = this;
    const seen = across && value !== undefined && value >= across.from && value <= across.to;
    rule.setAttribute('visibility', seen ? 'visible' : 'hidden');
    if (!seen) return;
    const x = String(across.x(value));
    const ends = { x1: x, x2: x, y1: String(across.top), y2: String(across.bottom) };
    for (const [name, end] of Object.entries(ends)) rule.setAttribute(name, end);
  }
}

export function figureView(report: Report, figure: Figure, around: Surroundings): FigureView {
  const { words } = around;
  try {
    const table = tableOf(report, figure);
    if (isEmpty(table)) return fallback(figure, words.nothingToDraw);
    draw(figure, table, { width: savedWidth, ...around });
  } catch (error) {
    if (!(error instanceof FigureError)) throw error;
    return fallback(figure, words.cannotDraw(error.message));
  }
  return drawnView(report, figure, around);
}

function drawnView(report: Report, figure: Figure, around: Surroundings): FigureView {
  const { words } = around;
  const table = tableOf(report, figure);
  const at = (width: number) => draw(figure, table, { width, ...around });
  const description = figure.caption || table.title;
  const { chain, version } = report.provenance;
  const sheet = (): Sheet => {
    const source = words.source(chain, version);
    return { drawing: at(savedWidth), title: figure.title, description, source };
  };
  const stage = h('div', { class: 'stage' });
  const reader = new Reader(stage);
  const stand = new Stand();
  const chart = h('div', {
    class: 'chart',
    tabindex: 0,
    role: 'group',
    'aria-label': `${words.chart}: ${figure.title}. ${words.chartHelp}`,
    onkeydown: (event) => reader.press(event as KeyboardEvent),
    onblur: () => reader.show(-1),
  });
  stage.addEventListener('pointermove', (event) => reader.point(event));
  stage.addEventListener('pointerdown', (event) => reader.point(event));
  stage.addEventListener('pointerleave', () => reader.show(-1));
  chart.append(stage);
  const subtitle = h('p', { class: 'subtitle' });
  const note = h('p', { class: 'note' });
  let drawn = 0;
  let pinned = false;
  const redraw = (width?: number) => {
    pinned = width !== undefined;
    const space = Math.floor(width ?? chart.clientWidth);
    if (space < 40 || (width === undefined && space === drawn)) return;
    drawn = space;
    const drawing = at(space);
    const picture = toDom(frame(drawing, figure.title, description));
    stage.replaceChildren(picture, reader.tip);
    stand.use(drawing, picture);
    reader.use(drawing, picture);
    subtitle.textContent = drawing.subtitle;
    note.textContent = drawing.note;
  };
  new ResizeObserver(() => pinned || redraw()).observe(chart);
  const caption = figure.caption === '' ? undefined : h('figcaption', {}, figure.caption);
  const element = h(
    'figure',
    { class: 'figure' },
    subtitle,
    chart,
    reader.said,
    note,
    caption,
    actions(sheet, around),
  );
  return { element, redraw, stand: (x) => stand.put(x) };
}
