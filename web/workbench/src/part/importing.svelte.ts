/** Files on their way to a chain: sent, read, checked; cancelled at any point. */

import { endRun, ended, startImport, upload, type ImportRequest, type Report } from '../interface';
import { Following, problemOf } from './following.svelte';

export type Stage = 'choosing' | 'sending' | 'reading' | 'done' | 'failed' | 'cancelled';

export class Importing {
  gone = $state(0);
  all = $state(0);
  error = $state.raw<unknown>();
  readonly following = new Following();
  private sending = $state(false);
  private cancelled = $state(false);
  private stop = new AbortController();

  get stage(): Stage {
    const { run } = this.following;
    if (this.sending) return 'sending';
    if (this.error !== undefined) return 'failed';
    if (this.cancelled && (!run || ended(run))) return 'cancelled';
    if (!run) return 'choosing';
    if (!ended(run)) return 'reading';
    if (run.state === 'failed' || run.state === 'interrupted') return 'failed';
    if (run.state === 'cancelled') return 'cancelled';
    return this.report ? 'done' : 'reading';
  }

  get report(): Report | undefined {
    return this.following.report;
  }

  get problem(): unknown {
    const { run } = this.following;
    return this.error ?? this.following.error ?? (run ? problemOf(run) : undefined);
  }

  async start(files: readonly File[], order: Omit<ImportRequest, 'uploads'>): Promise<void> {
    this.again();
    this.sending = true;
    this.all = files.reduce((sum, file) => sum + file.size, 0);
    this.stop = new AbortController();
    try {
      const uploads: string[] = [];
      let before = 0;
      for (const file of files) {
        const start = before;
        const sent = await upload(file, (bytes) => (this.gone = start + bytes), this.stop.signal);
        uploads.push(sent.upload);
        before += file.size;
        this.gone = before;
      }
      const run = await startImport({ ...order, uploads });
      void this.following.follow(run.id, run);
    } catch (error) {
      if (!this.stop.signal.aborted) this.error = error;
    }
    this.sending = false;
  }

  async cancel(): Promise<void> {
    this.cancelled = true;
    if (this.sending) return this.stop.abort();
    const { run } = this.following;
    if (!run || ended(run)) return;
    await endRun(run.id).catch((error: unknown) => (this.error = error));
  }

  /** Back to the choice of files. */
  again(): void {
    this.following.forget();
    this.error = undefined;
    this.cancelled = false;
    this.gone = 0;
  }
}
