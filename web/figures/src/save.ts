/** A chart as a file of its own, as SVG or PNG. */

import { frame } from './draw';
import type { Drawing } from './chart';
import { h } from './dom';
import { download, fileStem } from './file';
import { label, lines } from './chart';
import { markup, svg, type SvgNode } from './node';
import { wrap, type Measure } from './text';

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
