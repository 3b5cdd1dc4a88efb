/** Which region a page begins with: China where it is in the chain, else the largest. */

import { nodes, type Chain } from '../interface';

const china = (item: { code: string; name: string }) =>
  ['CHN', 'CN'].includes(item.code.toUpperCase()) || item.name === 'China';

export async function firstRegion(chain: Chain): Promise<string> {
  const named = chain.regions.find(china);
  if (named) return named.code;
  if (chain.regions.length <= 1) return chain.regions[0]?.code ?? '';
  const output = new Map<string, number>();
  for (const node of await nodes(chain.name, '', 1000)) {
    output.set(node.region, (output.get(node.region) ?? 0) + node.output);
  }
  const ranked = [...output].sort((a, b) => b[1] - a[1]);
  return ranked[0]?.[0] ?? chain.regions[0]!.code;
}
