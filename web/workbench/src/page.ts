/** Which page an address shows. Pages are loaded when they are first opened. */

import type { Component } from 'svelte';

type Loaded = Component<any>;

/** A page with what it is given, as one: never the parameters of one with the component of another. */
export interface Page {
  Page: Loaded;
  given: Record<string, string>;
  /** A page is made anew when this changes, and only then. */
  key: string;
}

const take = (module: Promise<{ default: Loaded }>) => module.then((x) => x.default);

const pages = {
  chains: () => take(import('./page/chains.svelte')),
  overview: () => take(import('./page/overview.svelte')),
  map: () => take(import('./page/map.svelte')),
  value: () => take(import('./page/value.svelte')),
  structure: () => take(import('./page/structure.svelte')),
  carbon: () => take(import('./page/carbon.svelte')),
  product: () => take(import('./page/product.svelte')),
  stress: () => take(import('./page/stress.svelte')),
  blockages: () => take(import('./page/blockages.svelte')),
  ask: () => take(import('./page/ask.svelte')),
  runs: () => take(import('./page/runs.svelte')),
  run: () => take(import('./page/run.svelte')),
  difference: () => take(import('./page/difference.svelte')),
  missing: () => take(import('./page/missing.svelte')),
};

type Name = keyof typeof pages;

const opened = new Map<Name, Promise<Loaded>>();
function load(name: Name): Promise<Loaded> {
  const found = opened.get(name) ?? pages[name]();
  found.catch(() => opened.delete(name));
  opened.set(name, found);
  return found;
}

// The same promise for the same page: an {#await} does not start anew.
let last: { key: string; page: Promise<Page> } | undefined;
function show(name: Name, given: Record<string, string> = {}): Promise<Page> {
  const key = [name, ...Object.values(given)].join('/');
  if (last?.key === key) return last.page;
  const page = load(name).then((Page) => ({ Page, given, key }));
  page.catch(() => (last = undefined));
  last = { key, page };
  return page;
}

const chainPages = [
  'map',
  'value',
  'structure',
  'carbon',
  'product',
  'stress',
  'blockages',
] as const;
const isPart = (name: string): name is (typeof chainPages)[number] =>
  (chainPages as readonly string[]).includes(name);

export function pageOf(parts: string[]): Promise<Page> {
  const [first = '', second = '', third = '', fourth = ''] = parts;
  if (first === '') return show('chains');
  if (first === 'chains' && second !== '') {
    const chain = second;
    if (third === '') return show('overview', { chain });
    if (isPart(third)) return show(third, { chain });
    if (third === 'ask') return show('ask', { chain, analysis: fourth });
  }
  if (first === 'runs') {
    if (second === '') return show('runs');
    if (third === '') return show('run', { id: second });
    if (third === 'against') return show('difference', { id: second, other: fourth });
  }
  return show('missing');
}
