/** Where the chain map begins: the most stuck product of the region the overview begins with. */

import { nodes, type Chain } from '../interface';
import type { Asking } from './asking.svelte';
import { readDiagnosis } from './diagnosis';
import { firstRegion } from './region_choice';

export interface Focus {
  product: string;
  region: string;
}

/** Follows the run until it ends; without one, the node that sells most. */
export async function stuckProduct(chain: Chain, asking: Asking, region = ''): Promise<Focus> {
  const of = region || (await firstRegion(chain));
  await asking.finished({ chain: chain.name, analysis: 'diagnose', parameters: { region: of } });
  const stuck = asking.report && readDiagnosis(asking.report, of).stuck;
  const product = chain.products.find(({ name }) => name === stuck?.product)?.code;
  if (product !== undefined) return { product, region: of };
  const all = await nodes(chain.name, '', 1000);
  const own = all.filter((node) => node.region === of);
  const list = own.length > 0 ? own : all;
  const largest = list.reduce((a, b) => (b.output > a.output ? b : a), list[0]!);
  return { product: largest.product, region: largest.region };
}
