/** Where the chain map begins: the most stuck product of the region the overview begins with. */

import { nodes, type Chain } from '../interface';
import type { Asking } from './asking.svelte';
import { readDiagnosis } from './diagnosis';
import { firstRegion } from './region_choice';

export interface Focus {
  product?: string;
  region?: string;
  node?: string;
}

/** Follows the run until it ends; without one, the node that sells most. */
export async function stuckProduct(chain: Chain, asking: Asking, region = ''): Promise<Focus> {
  const of = region || (await firstRegion(chain));
  if (chain.regions.length < 2) return { node: await largestNode(chain) };
  await asking.finished({ chain: chain.name, analysis: 'diagnose', parameters: { region: of } });
  const stuck = asking.report && readDiagnosis(asking.report, of).stuck;
  const product = chain.products.find(({ name }) => name === stuck?.product)?.code;
  if (product !== undefined) return { product, region: of };
  return { node: await largestNode(chain, of) };
}

/** Of the region, where it has makers among the first thousand; else of all of these. */
export async function largestNode(chain: Chain, region = ''): Promise<string> {
  const all = await nodes(chain.name, '', 1000);
  const own = all.filter((node) => node.region === region);
  const list = own.length > 0 ? own : all;
  return list.reduce((a, b) => (b.output > a.output ? b : a), list[0]!)?.id ?? '';
}
