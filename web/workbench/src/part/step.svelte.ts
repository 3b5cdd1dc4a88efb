/** A place in something that runs on: in the address once it rests, not at every step of it. */

import { ask, asked } from '../address.svelte';

const rest = 350;

export class Step {
  private own = $state<number | undefined>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param name  in the address */
  constructor(
    private readonly name: string,
    private readonly last: () => number,
    private readonly first: () => number,
  ) {}

  get value(): number {
    const wanted = asked(this.name);
    const kept = /^\d+$/.test(wanted) ? Number(wanted) : this.first();
    return Math.min(this.own ?? kept, this.last());
  }

  to(value: number): void {
    this.own = Math.max(0, Math.min(value, this.last()));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), rest);
  }

  /** What the address says counts again. */
  leave(): void {
    clearTimeout(this.timer);
    this.own = undefined;
  }

  private settle(): void {
    const { own } = this;
    if (own === undefined) return;
    ask({ [this.name]: String(own) }, { replace: true });
    this.own = undefined;
  }
}
