/** The same question put to the chains of several years: the year shown first, then the others. */

import { answer, type Parameters, type Report } from '../../interface';

export class Yearly {
  /** Of each chain that has answered. */
  reports = $state.raw<Readonly<Record<string, Report>>>({});
  error = $state.raw<unknown>();
  waiting = $state(false);
  private stop: AbortController | undefined;

  /** @param first  the chain that is shown: its failure is told, that of others leaves them out */
  async ask(chains: string[], first: string, analysis: string, asked: Parameters): Promise<void> {
    this.leave();
    const { signal } = (this.stop = new AbortController());
    this.reports = {};
    this.error = undefined;
    this.waiting = true;
    for (const chain of [first, ...chains.filter((name) => name !== first)]) {
      try {
        const found = await answer(chain, analysis, asked, signal);
        if (signal.aborted) return;
        this.reports = { ...this.reports, [chain]: found };
      } catch (error) {
        if (signal.aborted) return;
        if (chain === first) this.error = error;
      }
      if (chain === first) this.waiting = false;
    }
  }

  leave(): void {
    this.stop?.abort();
  }
}
