/** Inventories that come with Stave (samples/inventories), and the commented one to begin with. */

import { titleIn } from '../../part/scenario/plan';

export interface Inventory {
  /** "electric-car", as in its file's name, by which the server knows it. */
  name: string;
  title: string;
  text: string;
}

const files = import.meta.glob<string>('../../../../../samples/inventories/*.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const named = (path: string) => path.replace(/^.*\//, '').replace(/\.toml$/, '');

export const readyMade: readonly Inventory[] = Object.entries(files).map(([path, text]) => {
  const name = named(path);
  return { name, title: titleIn(text) || name, text };
});

const sources = import.meta.glob<string>('../../../../../src/formats/inventory_template.cpp', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The text between R"( and )" of a source: what `stave product --template` prints. */
export function textIn(source: string): string {
  const found = [...source.matchAll(/R"([^\s()\\]*)\(([\s\S]*?)\)\1"/g)].map(([, , text]) => text!);
  return found.join('');
}

export const template: string = textIn(Object.values(sources)[0] ?? '');

/** Whether it says what could be bought, made or carried otherwise. */
export const hasSwitches = (text: string): boolean => /^\s*\[\[\s*switch\s*\]\]/m.test(text);
/** Whether it says whose footprint it is. */
export const hasPact = (text: string): boolean => /^\s*\[\s*pact\s*\]/m.test(text);
