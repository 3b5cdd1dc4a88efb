/** What a failure is called in the reader's language. */

import type { Chain } from '../../interface';
import { nameOf, type Names } from '../../language.svelte';
import type { Words } from '../../words/en';
import type { Failure } from './failures';

/** @param labels  of makers by id, as far as known */
export function failureName(
  one: Failure,
  chain: Chain,
  labels: ReadonlyMap<string, string>,
  names: Names,
  t: Words['stress'],
): string {
  const itemName = (items: Chain['regions'], code: string) => {
    const item = items.find((known) => known.code === code);
    return item ? nameOf(item) : code;
  };
  if (one.node !== '') return names.shown(labels.get(one.node) ?? one.node);
  const place = one.region === '' ? t.everywhere : itemName(chain.regions, one.region);
  if (one.product === '') return t.allOf(place);
  return t.makersOf(itemName(chain.products, one.product), place);
}
