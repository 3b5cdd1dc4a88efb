/** Files and the clipboard, from a page that may be opened straight from disk. */

import { frame } from './draw';
import type { Drawing } from './chart';
import { h } from './dom';
import { label, lines } from './chart';
import { markup, svg, type SvgNode } from './node';
import type { Column, Table } from './report';
import { wrap, type Measure } from './text';

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = h('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** "Exposure of China, world-2011" -> "exposure-of-china-world-2011". */
export function fileStem(text: string): string {
  const stem = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return Array.from(stem).slice(0, 80).join('') || 'stave';
}

function csvCell(value: string | number | null): string {
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

export function saveCsv(table: Table): void {
  const mark = '\ufeff'; // so that a spreadsheet reads it as UTF-8
  download(`${fileStem(table.name)}.csv`, new Blob([mark + csv(table)], { type: 'text/csv' }));
}

/** Into the clipboard; false when the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'offscreen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export interface Sheet {
  drawing: Drawing;
  title: string;
  description: string;
  source: string;
}

/** The chart as it stands in a document of its own: title, chart, note, source, white ground. */
export function poster(sheet: Sheet, measure: Measure): SvgNode {
  const { drawing, title, source } = sheet;
  const pad = 24;
  const width = drawing.width;
  const titleFont = { size: 20, weight: 700 };
  const small = { size: 12 };
  const soft = { font: small, fill: 'var(--ink-soft)' };
  const head = wrap(title, width, titleFont, measure, 3);
  const sub = drawing.subtitle === '' ? [] : wrap(drawing.subtitle, width, small, measure, 2);
  const foot = [drawing.note, source].filter((text) => text !== '');
  const top = pad + head.length * 25 + sub.length * 16 + 14;
  const bottom = top + drawing.height + 14;
  const total = bottom + foot.length * 16 + pad - 8;
  const body: SvgNode[] = [
    svg('rect', { x: 0, y: 0, width: width + 2 * pad, height: total, fill: 'var(--page)' }),
    ...lines(pad, pad + 16, head, { font: titleFont }),
    ...lines(pad, pad + head.length * 25 + 10, sub, soft),
    svg('g', { transform: `translate(${pad} ${top})` }, ...drawing.body),
    ...foot.map((text, i) => label(pad, bottom + 10 + i * 16, text, soft)),
  ];
  const whole = { ...drawing, width: width + 2 * pad, height: total, body };
  return frame(whole, title, sheet.description);
}

/** Colours of the light theme in place of their names, so that the file stands alone. */
export function lightColours(): (value: string) => string {
  const probe = h('div', { class: 'theme-light', hidden: true });
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const known = new Map<string, string>();
  return (value) =>
    value.replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
      if (!known.has(name)) known.set(name, style.getPropertyValue(name).trim());
      return known.get(name)!;
    });
}

export function saveSvg(sheet: Sheet, measure: Measure): void {
  const text = markup(poster(sheet, measure), lightColours());
  download(`${fileStem(sheet.title)}.svg`, new Blob([text], { type: 'image/svg+xml' }));
}

/** Twice the size in pixels, for slides and print. */
export async function savePng(sheet: Sheet, measure: Measure): Promise<void> {
  const node = poster(sheet, measure);
  const text = markup(node, lightColours());
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  await image.decode();
  const canvas = h('canvas', {
    width: 2 * Number(node.attributes['width']),
    height: 2 * Number(node.attributes['height']),
  });
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) download(`${fileStem(sheet.title)}.png`, blob);
}
