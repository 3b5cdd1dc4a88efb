/** Who fails, as one value of the address says it, with the names of the makers. */

import { SvelteMap } from 'svelte/reactivity';
import { ask, asked, type Query } from '../../address.svelte';
import { nodes, type Node } from '../../interface';
import { read, withFailure, written, type Failure } from './failures';

/** Names of makers by id; those in the address come without. */
export class MakerLabels extends SvelteMap<string, string> {
  constructor(private readonly chain: string) {
    super();
  }

  found(node: Node): void {
    this.set(node.id, node.label);
  }

  private readonly asked = new Map<string, Promise<void>>();

  /** Asks for the names that are not known yet; where there are none, ids stand for them. */
  async learn(list: readonly Failure[]): Promise<void> {
    for (const { node } of list) {
      if (node === '' || this.has(node)) continue;
      this.set(node, node);
      this.asked.set(node, this.ask(node));
    }
    await Promise.all(list.map(({ node }) => this.asked.get(node)));
  }

  private async ask(node: string): Promise<void> {
    const found = await nodes(this.chain, node, 5).catch(() => []);
    found.filter(({ id }) => id === node).forEach((one) => this.found(one));
  }
}

export class FailureList {
  readonly list = $derived.by(() => read(asked(this.key)));

  /** @param later  what an answer has in the address, which goes when the question changes */
  constructor(
    private readonly key: string,
    private readonly later: readonly string[],
  ) {}

  change(list: readonly Failure[], small = false): void {
    const gone: Query = Object.fromEntries(this.later.map((name) => [name, '']));
    ask({ [this.key]: written(list), ...gone }, { replace: small });
  }

  add(who: Omit<Failure, 'share'>): void {
    this.change(withFailure(this.list, { ...who, share: 100 }));
  }
}
