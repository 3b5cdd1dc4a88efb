/** A chain's regions and products are asked for once while its pages are open. */

import { chain, type Chain } from '../interface';

const asked = new Map<string, { at: number; chain: Promise<Chain> }>();
const fresh = 60_000;

export function chainOnce(name: string): Promise<Chain> {
  const known = asked.get(name);
  if (known && Date.now() - known.at < fresh) return known.chain;
  const found = chain(name);
  found.catch(() => asked.delete(name));
  asked.set(name, { at: Date.now(), chain: found });
  return found;
}
