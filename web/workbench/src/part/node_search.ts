/**
 * Nodes by all the words of a text: "China electr", "中国 电气", "CHN c14". The server looks for one
 * word; the others are looked for in what it finds.
 */

import { nodes, type Node } from '../interface';

/** The word that is asked of the server: the longest, which fits the fewest. */
export function rarest(words: readonly string[]): string {
  return words.reduce((best, word) => (word.length > best.length ? word : best), '');
}

const wide = 200;

export async function findNodes(
  chain: string,
  text: string,
  most: number,
  inChinese: (label: string) => string,
  signal?: AbortSignal,
): Promise<Node[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length < 2) return nodes(chain, words[0] ?? '', most, signal);
  const list = await nodes(chain, rarest(words), wide, signal);
  const fits = ({ id, label, name_zh }: Node) => {
    const line = `${id} ${label} ${name_zh} ${inChinese(label)}`.toLowerCase();
    return words.every((word) => line.includes(word));
  };
  return list.filter(fits).slice(0, most);
}
