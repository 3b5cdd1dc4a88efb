/** Which inventory is looked at, as the address says it; one's own is brought back by its run. */

import { ask, asked, type Query } from '../../address.svelte';
import { run as runOf } from '../../interface';
import { titleIn } from '../../part/scenario/plan';
import { readyMade, template } from './inventory';

/** What an answer has in the address, which goes when another inventory is chosen. */
const later = ['run', 'product', 'amount', 'unit', 'prefer', 'shares', 'budget', 'buyer'];

export class InventoryChoice {
  /** The text of one's own, once there is one. */
  own = $state.raw<{ name: string; text: string } | undefined>();
  /** "own", "template", or the name of one that comes with Stave. */
  readonly what = $derived.by(() => asked('inventory') || readyMade[0]?.name || 'template');
  private readonly made = $derived.by(() => readyMade.find(({ name }) => name === this.what));
  /** As a file; '' while there is none. */
  readonly text = $derived.by(() => {
    if (this.what === 'own') return this.own?.text ?? '';
    return this.made?.text ?? (this.what === 'template' ? template : '');
  });
  /** What the server is asked with: a name it knows, or the text. */
  readonly project = $derived.by(() => this.made?.name ?? this.text);
  readonly title = $derived.by(() => this.own?.name || titleIn(this.text));

  /** The text of a run in the address; before anything is asked. */
  async bringBack(): Promise<void> {
    const id = Number(asked('run'));
    if (this.what !== 'own' || !(id > 0)) return;
    const before = await runOf(id).catch(() => undefined);
    const kept = before?.parameters['project'];
    if (kept) this.own = { name: before?.name || titleIn(kept) || `#${id}`, text: kept };
  }

  take(name: string, text: string): void {
    this.own = { name: name || titleIn(text), text };
    this.choose('own');
  }

  choose(what: string): void {
    const gone: Query = Object.fromEntries(later.map((name) => [name, '']));
    ask({ ...gone, inventory: what });
  }
}
