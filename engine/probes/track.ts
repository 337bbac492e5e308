import { touching, within } from '../evaluation/index.ts';
import type { LineSlice } from '../model/index.ts';

/** The time line of one load, slice by slice, and spans cut out of it. */
export class SliceTrack {
  readonly #slices: LineSlice[] = [];
  #waiting: { untilMs: number; resolve: () => void }[] = [];

  add(slice: LineSlice): void {
    this.#slices.push(slice);
    const covered = this.coveredUntilMs();
    const settled = this.#waiting.filter((waiter) => waiter.untilMs <= covered);
    this.#waiting = this.#waiting.filter((waiter) => waiter.untilMs > covered);
    for (const waiter of settled) waiter.resolve();
  }

  /** End of the last complete slice, ms since the epoch; 0 before the first. */
  coveredUntilMs(): number {
    const last = this.#slices.at(-1);
    return last === undefined ? 0 : last.startMs + last.lengthMs;
  }

  /** Settles once every request intended before `untilMs` has ended; rejects when `signal` aborts first. */
  covered(untilMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.coveredUntilMs() >= untilMs) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.push({
        untilMs,
        resolve: () => {
          signal.removeEventListener('abort', abort);
          resolve();
        },
      });
    });
  }

  /** The slices that lie wholly within the span. */
  between(fromMs: number, untilMs: number): LineSlice[] {
    return within(this.#slices, fromMs, untilMs);
  }

  /** The slices from the one that straddles the moment on. */
  since(atMs: number): LineSlice[] {
    return touching(this.#slices, atMs, Infinity);
  }
}
