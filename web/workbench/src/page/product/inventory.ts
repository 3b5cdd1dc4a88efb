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

export interface Choice {
  product: string;
  /** As the project has it. */
  usual: string;
  makers: { id: string; name: string }[];
}

const textOf = (block: string, key: string): string => {
  const found = new RegExp(String.raw`^\s*${key}\s*=\s*"((?:[^"\\]|\\.)*)"`, 'm').exec(block);
  return (found?.[1] ?? '').replace(/\\(["\\])/g, '$1');
};

/** What an activity makes: all of its key `output`, up to its next key. */
function outputsOf(block: string): string[] {
  const [, output = ''] =
    /^\s*output\s*=([\s\S]*?)(?=^\s*[a-z_]+\s*=|^\s*\[|(?![\s\S]))/m.exec(block) ?? [];
  return [...output.matchAll(/product\s*=\s*"([^"]*)"/g)].map(([, product]) => product!);
}

/** The products that a project says several make ([prefer]), each with who does. */
export function choicesIn(text: string): Choice[] {
  const [, prefer = ''] = /^\s*\[prefer\]\s*$([\s\S]*?)(?=^\s*\[|(?![\s\S]))/m.exec(text) ?? [];
  const blocks = text.split(/^\s*\[\[\s*activity\s*\]\]/m).slice(1);
  const makers = blocks.map((block) => {
    const id = textOf(block, 'id');
    return { id, name: textOf(block, 'name') || id, makes: outputsOf(block) };
  });
  return [...prefer.matchAll(/^\s*"?([^"=\n]+?)"?\s*=\s*"([^"]*)"/gm)].flatMap(
    ([, product = '', usual = '']): Choice[] => {
      const own = makers.filter(({ makes }) => makes.includes(product));
      return own.length > 1
        ? [{ product, usual, makers: own.map(({ id, name }) => ({ id, name })) }]
        : [];
    },
  );
}

/** "electricity=grid Yunnan,crude steel=scrap steel" -> who supplies what. */
export function readPreferred(said: string): Map<string, string> {
  const pairs = said.split(',').map((part): [string, string] => {
    const at = part.indexOf('=');
    return at > 0 ? [part.slice(0, at).trim(), part.slice(at + 1).trim()] : ['', ''];
  });
  return new Map(pairs.filter(([product, maker]) => product !== '' && maker !== ''));
}

/** The text with another maker of a product; the usual one is not named. */
export function preferredText(said: string, choice: Choice, maker: string): string {
  const chosen = readPreferred(said);
  if (maker === choice.usual) chosen.delete(choice.product);
  else chosen.set(choice.product, maker);
  return [...chosen].map(([product, one]) => `${product}=${one}`).join(',');
}
