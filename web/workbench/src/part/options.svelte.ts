/** What a field finds for its text: a list of options, one of them marked, walked by keys. */

import { untrack } from 'svelte';

interface Of<T> {
  /** Of the list; options have it with their place behind. */
  id: string;
  keyOf: (one: T) => string;
  look: (text: string, signal: AbortSignal) => Promise<T[]>;
  choose: (one: T) => void;
  /** The text may stay as typed: nothing is marked until the reader walks down. */
  free?: boolean;
}

/** A pause in typing before anything is looked for. */
const pause = 110;

export class Options<T> {
  found = $state.raw<T[]>([]);
  /** Place of the marked option, -1 for none. */
  at = $state(-1);
  /** The text that `found` answers, '' before the first answer. */
  answered = $state('');
  open = $state(true);
  private soon = false; // Enter was pressed before the answer to what is typed
  private wanted: string | undefined;

  constructor(private readonly of: Of<T>) {}

  get id(): string {
    return this.of.id;
  }
  get shown(): boolean {
    return this.open && this.found.length > 0;
  }
  keyOf(one: T): string {
    return this.of.keyOf(one);
  }

  /** What the field says of the list. */
  get field() {
    const marked = this.shown && this.at >= 0;
    return {
      role: 'combobox' as const,
      'aria-expanded': this.shown,
      'aria-controls': this.of.id,
      'aria-autocomplete': 'list' as const,
      'aria-activedescendant': marked ? `${this.of.id}-${this.at}` : undefined,
      autocomplete: 'off' as const,
      spellcheck: false,
    };
  }

  /** Looks for a text, once the reader pauses; undefined: for nothing. Ends with the returned call. */
  look(text: string | undefined): () => void {
    if (this.wanted !== text) this.soon = false;
    this.wanted = text;
    if (text === undefined) {
      untrack(() => this.take([], ''));
      return () => undefined;
    }
    const stop = new AbortController();
    const wait = setTimeout(async () => {
      const list = await this.of.look(text, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      this.take(list ?? [], list ? text : ''); // nothing: the server is away
      if (this.soon) this.choose(this.found[this.at]);
    }, pause);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }

  choose(one: T | undefined): void {
    this.soon = false;
    if (one !== undefined) this.of.choose(one);
  }

  /** Hears a key of the field; true where it was one of the list's. */
  press(key: string): boolean {
    if (key === 'ArrowDown') {
      this.open = true;
      this.at = Math.min(this.at + 1, this.found.length - 1);
    } else if (key === 'ArrowUp' && this.open) {
      this.at = Math.max(this.at - 1, this.of.free ? -1 : 0);
    } else if (key === 'Enter') return this.enter();
    else return false;
    return true;
  }

  private enter(): boolean {
    if (this.of.free && !(this.shown && this.found[this.at])) return false;
    if (!this.of.free && this.wanted !== undefined && this.answered !== this.wanted) {
      this.soon = true;
    } else this.choose(this.found[this.at]);
    return true;
  }

  private take(list: T[], text: string): void {
    const marked = this.found[this.at];
    const kept = marked === undefined ? '' : this.of.keyOf(marked);
    this.found = list;
    this.answered = text;
    this.at = this.of.free ? list.findIndex((one) => this.of.keyOf(one) === kept) : 0;
  }
}
