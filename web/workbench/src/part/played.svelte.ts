/** A scenario played by the server: at once where that is quick, as a named run where it is not. */

import {
  answerAddress,
  Refused,
  type Parameters,
  type Report,
  type Run,
  type RunRequest,
} from '../interface';
import { Answering } from './answering.svelte';
import { Asking } from './asking.svelte';

/** Longer questions than this do not fit into an address. */
export const mostInAddress = 6_000;

export class Played {
  /** As a run, where it is one. */
  readonly asking = new Asking();
  readonly answering = new Answering();
  private asRun = $state(false);
  private request = $state.raw<RunRequest | undefined>();

  get report(): Report | undefined {
    return this.asRun ? this.asking.report : this.answering.report;
  }
  get run(): Run | undefined {
    return this.asRun ? this.asking.run : undefined;
  }
  get waiting(): boolean {
    return this.asRun ? this.asking.state === 'waiting' : this.answering.waiting;
  }
  /** Of a quick answer; a run says itself what went wrong. */
  get error(): unknown {
    return this.asRun ? undefined : this.answering.error;
  }

  /** Where its data are: the whole report, and before "/tables/NAME.csv". */
  get address(): { report: string; tables: string; query: string } | undefined {
    const { run, request } = this;
    if (run)
      return { report: `/api/runs/${run.id}/report`, tables: `/api/runs/${run.id}`, query: '' };
    if (!request) return undefined;
    const whole = answerAddress(request.chain, request.analysis, request.parameters);
    const at = whole.indexOf('?');
    return { report: whole, tables: whole.slice(0, at), query: whole.slice(at) };
  }

  /** @param long  it is known to take its time: a run, kept under its name */
  async ask(request: RunRequest & { parameters: Parameters }, long: boolean): Promise<void> {
    this.request = request;
    const { chain, analysis, parameters } = request;
    this.asRun = long || answerAddress(chain, analysis, parameters).length > mostInAddress;
    if (this.asRun) return void (await this.asking.ask(request));
    await this.answering.ask(chain, analysis, parameters);
    const { error } = this.answering;
    if (!(error instanceof Refused && error.code === 'too_long')) return;
    this.asRun = true;
    await this.asking.ask(request);
  }

  /** As if nothing had been asked. */
  forget(): void {
    this.leave();
    this.request = undefined;
    this.asking.forget();
    this.answering.forget();
  }

  leave(): void {
    this.asking.leave();
    this.answering.leave();
  }
}
