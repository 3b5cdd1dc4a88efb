/** One question put to the server as a run: followed until it ends, cancelled, asked again. */

import {
  answer,
  endRun,
  ended,
  Refused,
  report,
  startRun,
  watchRun,
  type Report,
  type Run,
  type RunRequest,
} from '../interface';

export type AskingState = 'idle' | 'waiting' | 'done' | 'failed' | 'cancelled';

export class Asking {
  private now = $state<AskingState>('idle');
  /** The run; none where a viewer was given a quick answer. */
  run = $state.raw<Run | undefined>();
  report = $state.raw<Report | undefined>();
  error = $state.raw<unknown>();
  private whenEnded: () => void = () => undefined;
  private turn = 0;
  private stopWatching: () => void = () => undefined;
  private last: RunRequest | undefined;

  get state(): AskingState {
    return this.now;
  }
  private set state(now: AskingState) {
    this.now = now;
    if (now !== 'waiting') this.whenEnded();
  }

  /** Asks; what an earlier question still brings is ignored. */
  async ask(request: RunRequest): Promise<void> {
    const turn = this.begin(request);
    try {
      const run = await startRun({ reuse: true, ...request });
      if (turn !== this.turn) return;
      this.take(run, turn);
      if (!ended(run)) {
        this.stopWatching = watchRun(
          run.id,
          (now) => this.take(now, turn),
          (error) => turn === this.turn && this.fail(error),
        ).stop;
      }
    } catch (error) {
      if (turn === this.turn) await this.refused(error, request, turn);
    }
  }

  /** Asks, and waits until the run has ended one way or another. */
  async finished(request: RunRequest): Promise<void> {
    const end = new Promise<void>((done) => (this.whenEnded = done));
    void this.ask(request);
    await end;
  }

  again(): void {
    if (this.last) void this.ask(this.last);
  }

  async cancel(): Promise<void> {
    if (this.state !== 'waiting' || !this.run) return;
    try {
      await endRun(this.run.id);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) this.fail(error);
    }
  }

  /** Leaves the run to itself. */
  leave(): void {
    this.turn += 1;
    this.stopWatching();
  }

  forget(): void {
    this.leave();
    this.state = 'idle';
    this.run = undefined;
    this.report = undefined;
  }

  private begin(request: RunRequest): number {
    this.leave();
    this.last = request;
    this.state = 'waiting';
    this.error = undefined;
    this.run = undefined;
    return this.turn;
  }

  private take(run: Run, turn: number): void {
    if (turn !== this.turn) return;
    this.run = run;
    if (!ended(run)) return;
    if (run.state === 'done' || run.report) void this.fetchReport(run.id, turn);
    else if (run.state === 'cancelled') this.state = 'cancelled';
    else {
      const { code = run.state, message = run.state, hint = '' } = run.error ?? {};
      this.fail(new Refused(0, code, message, hint));
    }
  }

  private async fetchReport(id: number, turn: number): Promise<void> {
    try {
      const found = await report(id);
      if (turn !== this.turn) return;
      this.report = found;
      this.state = 'done';
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** A viewer may not start runs, but may have quick answers. */
  private async refused(error: unknown, request: RunRequest, turn: number): Promise<void> {
    if (!(error instanceof Refused && error.status === 403)) return this.fail(error);
    try {
      const found = await answer(request.chain, request.analysis, request.parameters);
      if (turn !== this.turn) return;
      this.report = found;
      this.state = 'done';
    } catch (second) {
      if (turn === this.turn) this.fail(second);
    }
  }

  private fail(error: unknown): void {
    this.error = error;
    this.state = 'failed';
  }
}
