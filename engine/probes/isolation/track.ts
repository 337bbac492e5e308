import {
  decodeHistogram,
  encodeHistogram,
  errorCount,
  newHistogram,
  recordedTimes,
  type Errors,
  type IsolationEndpoint,
  type LoadSlice,
  own,
} from '../../model/index.ts';
import { timeQuantile, type Times } from '../times.ts';

type Window = IsolationEndpoint['baseline'];
type Summary = Omit<Window, 'responseTime'>;

/** A slice with its histograms unpacked once, as lists: windows over many slices are cut again and again while a fault goes on. */
export interface TrackedSlice {
  startMs: number;
  lengthMs: number;
  /** Time that the machine withheld from the generator, ms. */
  withheldMs: number;
  endpoints: Record<
    string,
    { scheduled: number; good: number; bad: number; notReached: number; errors: Errors; times: Times }
  >;
}

/** Unpacks a slice. */
export function tracked(slice: LoadSlice): TrackedSlice {
  return {
    startMs: slice.startMs,
    lengthMs: slice.lengthMs,
    withheldMs: slice.withheldMs,
    endpoints: Object.fromEntries(
      Object.entries(slice.endpoints).map(([name, part]) => [
        name,
        {
          scheduled: part.scheduled,
          good: part.good,
          bad: errorCount(part.errors) + part.late + part.dropped,
          notReached: part.notReached,
          errors: part.errors,
          times: recordedTimes(decodeHistogram(part.responseTime)),
        },
      ]),
    ),
  };
}

/** The time line of one load, slice by slice, and spans cut out of it. */
export class SliceTrack {
  readonly #slices: TrackedSlice[] = [];
  #waiting: { untilMs: number; resolve: () => void }[] = [];

  add(slice: LoadSlice): void {
    this.#slices.push(tracked(slice));
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
  between(fromMs: number, untilMs: number): TrackedSlice[] {
    return this.#slices.filter((slice) => slice.startMs >= fromMs && slice.startMs + slice.lengthMs <= untilMs);
  }
}

/** One endpoint's requests over `slices`, or all endpoints' when none is named. */
export function summaryOf(slices: readonly TrackedSlice[], endpoint?: string): Summary {
  const parts = slices.flatMap((slice) =>
    endpoint === undefined ? Object.values(slice.endpoints) : (own(slice.endpoints, endpoint) ?? []),
  );
  const errors: Errors = { status: 0, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };
  let scheduled = 0;
  let good = 0;
  let notReached = 0;
  for (const part of parts) {
    scheduled += part.scheduled;
    good += part.good;
    notReached += part.notReached;
    for (const kind of Object.keys(errors) as (keyof Errors)[]) errors[kind] += part.errors[kind];
  }
  const times = parts.flatMap((part) => part.times);
  return { scheduled, good, notReached, errors, p50Ms: timeQuantile(times, 0.5), p95Ms: timeQuantile(times, 0.95) };
}

/** As `summaryOf`, with the histogram for the result. */
export function windowOf(slices: readonly TrackedSlice[], endpoint: string): Window {
  const histogram = newHistogram();
  for (const slice of slices) {
    for (const { ms, count } of own(slice.endpoints, endpoint)?.times ?? [])
      histogram.recordValueWithCount(Math.round(ms * 1000), count);
  }
  return { ...summaryOf(slices, endpoint), responseTime: encodeHistogram(histogram) };
}

/** Share of scheduled requests that were good; null without requests. */
export function availability(window: { scheduled: number; good: number }): number | null {
  return window.scheduled === 0 ? null : window.good / window.scheduled;
}

/** Share of the time that the machine withheld from the generator, 0 to 1; null without slices. */
export function withheldShare(slices: readonly TrackedSlice[]): number | null {
  const lengthMs = slices.reduce((sum, slice) => sum + slice.lengthMs, 0);
  return lengthMs === 0 ? null : slices.reduce((sum, slice) => sum + slice.withheldMs, 0) / lengthMs;
}

/** Requests of a slice that were not good, over all endpoints. */
export function badRequests(slice: TrackedSlice): number {
  return Object.values(slice.endpoints).reduce((sum, endpoint) => sum + endpoint.bad, 0);
}
