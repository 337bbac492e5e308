import { touching, within } from '../../evaluation/index.ts';
import { decodeTimes, recordedTimes, type Errors, type LineSlice, type LoadSlice } from '../../model/index.ts';

/** A slice with its histograms unpacked once, as it is kept in the round. */
export function lineSlice(slice: LoadSlice): LineSlice {
  return {
    startMs: slice.startMs,
    lengthMs: slice.lengthMs,
    withheldMs: slice.withheldMs,
    endpoints: Object.fromEntries(
      Object.entries(slice.endpoints).map(([name, part]) => {
        const { answers, failures } = decodeTimes(part);
        return [
          name,
          {
            scheduled: part.scheduled,
            good: part.good,
            notReached: part.notReached,
            errors: occurred(part.errors),
            answersMs: listed(answers),
            failuresMs: failures === null ? [] : listed(failures),
          },
        ];
      }),
    ),
  };
}

function listed(histogram: ReturnType<typeof decodeTimes>['answers']): number[] {
  return recordedTimes(histogram).flatMap(({ ms, count }) => Array.from({ length: count }, () => ms));
}

function occurred(errors: Errors): Partial<Errors> {
  return Object.fromEntries(Object.entries(errors).filter(([, count]) => count > 0));
}

/** The time line of one load, slice by slice, and spans cut out of it. */
export class SliceTrack {
  readonly #slices: LineSlice[] = [];
  #waiting: { untilMs: number; resolve: () => void }[] = [];

  add(slice: LoadSlice): void {
    this.#slices.push(lineSlice(slice));
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
