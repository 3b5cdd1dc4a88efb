/**
 * What happens, as the address says it: the failures chosen, a scenario that comes with Stave, or a
 * file of one's own, which a run in the address brings back.
 */

import { ask, asked, type Query } from '../../address.svelte';
import { run as runOf } from '../../interface';
import type { Failure } from './failures';
import { drawsIn, hasDoubt, readPlan, scenarioText, titleIn } from './plan';
import { readyMadeFor } from './ready_made';

export class ScenarioChoice {
  /** The file of one's own, once there is one. */
  own = $state.raw<{ name: string; text: string } | undefined>();
  /** '' for the failures chosen, "own" for a file, else the name of a scenario. */
  readonly what = $derived.by(() => asked('scenario'));
  readonly plan = $derived.by(() => readPlan(asked));
  private readonly made = $derived.by(() =>
    readyMadeFor(this.chain).find(({ name }) => name === this.what),
  );
  /** As a scenario file; '' while nothing happens. */
  readonly text = $derived.by(() => {
    if (this.what === 'own') return this.own?.text ?? '';
    if (this.made) return this.made.text;
    const list = this.list();
    return list.length === 0 ? '' : scenarioText(list, this.plan);
  });
  /** Whether it has numbers that are not known for sure. */
  readonly doubtful = $derived.by(() => this.what !== '' && hasDoubt(this.text));
  /** How often it is to be played with other numbers; 0: once, with the middle of each. */
  readonly draws = $derived.by(() => {
    if (this.doubtful && /^\d+$/.test(asked('draws')))
      return Math.min(10_000, Number(asked('draws')));
    return drawsIn(this.text);
  });

  /** @param later  what an answer has in the address, which goes when the question changes */
  constructor(
    private readonly chain: string,
    private readonly list: () => readonly Failure[],
    private readonly later: readonly string[],
  ) {}

  /** What a run of it is called. */
  named(nameOfFailure: (one: Failure) => string): string {
    return this.what === '' ? this.list().map(nameOfFailure).join('; ') : titleIn(this.text);
  }

  /** The file of a run in the address; before anything is asked. */
  async bringBack(): Promise<void> {
    const id = Number(asked('run'));
    if (this.what !== 'own' || !(id > 0)) return;
    const before = await runOf(id).catch(() => undefined);
    const kept = before?.parameters['scenario'];
    if (kept) this.own = { name: before?.name || titleIn(kept) || `#${id}`, text: kept };
  }

  take(name: string, text: string): void {
    this.own = { name, text };
    this.set({ scenario: 'own', draws: '' });
  }

  set(change: Query): void {
    const gone: Query = Object.fromEntries(this.later.map((name) => [name, '']));
    ask({ run: '', ...gone, ...change });
  }
}
