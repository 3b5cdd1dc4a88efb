/** A quick answer of the server, kept up with what is asked; an older one is given up. */

import { answer, type Parameters, type Report } from '../interface';

export class Answering {
  report = $state.raw<Report | undefined>();
  error = $state.raw<unknown>();
  waiting = $state(false);
  private stop: AbortController | undefined;

  async ask(chain: string, analysis: string, parameters: Parameters): Promise<void> {
    this.leave();
    const stop = new AbortController();
    this.stop = stop;
    this.waiting = true;
    this.error = undefined;
    try {
      const found = await answer(chain, analysis, parameters, stop.signal);
      if (stop.signal.aborted) return;
      this.report = found;
    } catch (error) {
      if (stop.signal.aborted) return;
      this.report = undefined;
      this.error = error;
    }
    this.waiting = false;
  }

  leave(): void {
    this.stop?.abort();
  }

  forget(): void {
    this.leave();
    this.waiting = false;
    this.report = undefined;
    this.error = undefined;
  }
}
