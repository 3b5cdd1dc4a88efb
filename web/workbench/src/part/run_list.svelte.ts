/**
 * All runs, kept fresh: those under way by their events (a few at a time: a server has few places
 * for watchers), all of them by asking now and then.
 */

import { ended, runs, watchRun, type Run } from '../interface';

const mostWatched = 2;

export class RunList {
  runs = $state.raw<Run[]>([]);
  error = $state.raw<unknown>();
  known = $state(false);
  private watched = new Map<number, { stop: () => void }>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private over = false;

  start(): () => void {
    void this.refresh();
    const look = () => {
      if (document.visibilityState === 'visible') void this.refresh();
      else this.unwatch();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      this.over = true;
      document.removeEventListener('visibilitychange', look);
      clearTimeout(this.timer);
      this.unwatch();
    };
  }

  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const found = await runs();
      if (this.over) return;
      this.runs = found;
      this.error = undefined;
      this.known = true;
      this.watch();
    } catch (error) {
      this.error = error;
    }
    if (!this.over) this.timer = setTimeout(() => void this.refresh(), this.pause());
  }

  /** One run is otherwise now: shown at once. */
  take(run: Run): void {
    const known = this.runs.some(({ id }) => id === run.id);
    this.runs = known
      ? this.runs.map((one) => (one.id === run.id ? run : one))
      : [run, ...this.runs];
    this.watch();
  }

  drop(id: number): void {
    this.runs = this.runs.filter((run) => run.id !== id);
  }

  private pause(): number {
    const active = this.runs.filter((run) => !ended(run)).length;
    if (document.visibilityState !== 'visible') return 60_000;
    return active > this.watched.size ? 2_000 : 10_000;
  }

  private watch(): void {
    for (const run of this.runs) {
      if (run.state !== 'running' || this.watched.has(run.id)) continue;
      if (this.watched.size >= mostWatched || document.visibilityState !== 'visible') return;
      const watching = watchRun(
        run.id,
        (now) => {
          if (this.over) return;
          if (ended(now)) this.watched.delete(now.id);
          this.take(now);
        },
        () => this.watched.delete(run.id),
      );
      this.watched.set(run.id, watching);
    }
  }

  private unwatch(): void {
    for (const { stop } of this.watched.values()) stop();
    this.watched.clear();
  }
}
