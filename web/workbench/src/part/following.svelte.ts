/** One run followed until it ends, and then its report. */

import {
  ended,
  Refused,
  report as reportOf,
  run as runOf,
  watchRun,
  type Report,
  type Run,
} from '../interface';

export class Following {
  run = $state.raw<Run | undefined>();
  report = $state.raw<Report | undefined>();
  error = $state.raw<unknown>();
  private turn = 0;
  private stopWatching: () => void = () => undefined;

  /** Follows the run of this number; a run that is known already is shown at once. */
  async follow(id: number, known?: Run): Promise<void> {
    this.leave();
    const turn = this.turn;
    this.run = known;
    this.report = undefined;
    this.error = undefined;
    try {
      this.take(known ?? (await runOf(id)), turn);
    } catch (error) {
      if (turn === this.turn) this.error = error;
      return;
    }
    const { run } = this;
    if (run && turn === this.turn && !ended(run)) this.watch(id, turn);
  }

  /** Lets go; the run goes on. */
  leave(): void {
    this.turn += 1;
    this.stopWatching();
    this.stopWatching = () => undefined;
  }

  forget(): void {
    this.leave();
    this.run = undefined;
    this.report = undefined;
    this.error = undefined;
  }

  renamed(run: Run): void {
    this.run = run;
  }

  private watch(id: number, turn: number): void {
    this.stopWatching = watchRun(
      id,
      (now) => this.take(now, turn),
      (error) => {
        if (turn === this.turn) this.error = error;
      },
    ).stop;
  }

  private take(run: Run, turn: number): void {
    if (turn !== this.turn) return;
    this.run = run;
    if (ended(run) && run.report) void this.fetch(run.id, turn);
  }

  private async fetch(id: number, turn: number): Promise<void> {
    try {
      const found = await reportOf(id);
      if (turn === this.turn) this.report = found;
    } catch (error) {
      if (turn === this.turn) this.error = error;
    }
  }
}

/** What a failed run says, as a refusal. */
export function problemOf(run: Run): Refused | undefined {
  if (!run.error) return undefined;
  return new Refused(0, run.error.code, run.error.message, run.error.hint);
}
