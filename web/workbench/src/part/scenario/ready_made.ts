/** The scenarios that come with Stave (samples/scenarios), for the chains they are made for. */

import { titleIn } from './plan';

export interface ReadyMade {
  /** "port-closure", as in its file's name. */
  name: string;
  title: string;
  text: string;
}

const files = import.meta.glob<string>('../../../../../samples/scenarios/*.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The chain a scenario says it is made for, ''. */
export const chainIn = (text: string): string => /^\s*chain\s*=\s*"([^"]*)"/m.exec(text)?.[1] ?? '';

export const readyMade: readonly (ReadyMade & { chain: string })[] = Object.entries(files).map(
  ([path, text]) => {
    const name = path.replace(/^.*\//, '').replace(/\.toml$/, '');
    return { name, title: titleIn(text) || name, text, chain: chainIn(text) };
  },
);

export const readyMadeFor = (chain: string): ReadyMade[] =>
  readyMade.filter((one) => one.chain === chain);
