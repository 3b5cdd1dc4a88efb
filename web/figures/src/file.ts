/** Files and the clipboard, from a page that may be opened straight from disk. */

import { csv } from './cell';
import { h } from './dom';
import type { Table } from './report';

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

export function saveCsv(table: Table): void {
  const mark = '\ufeff'; // so that a spreadsheet reads it as UTF-8
  download(`${fileStem(table.name)}.csv`, new Blob([mark + csv(table)], { type: 'text/csv' }));
}

export const saveText = (name: string, text: string): void =>
  download(name, new Blob([text], { type: 'text/plain' }));

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
