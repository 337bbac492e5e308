import { emptyCounts, encodeHistogram, type LoadSlice, type RequestCounts } from '../model/index.ts';
import type { Outcome } from './exchange.ts';
import { countOutcome, encodeSome, isAnswer } from './recorder.ts';
import { TimeCounts } from './time-counts.ts';

interface SliceTally {
  open: number;
  withheldMs: number;
  endpoints: ({ counts: RequestCounts; response: TimeCounts; failures: TimeCounts; notReached: number } | undefined)[];
}

/**
 * Cuts a load into slices of equal length by intended start. A slice is handed out once no request can fall into it any more and all of
 * its own have ended, in order, empty ones too.
 */
export class TimeLine {
  private readonly slices = new Map<number, SliceTally>();
  private readonly spare: TimeCounts[] = [];
  private nextOut = 0;
  /** Requests whose end was recorded. */
  counted = 0;
  private last = -1;
  private readonly options: {
    startMs: number;
    startEpochMs: number;
    sliceMs: number;
    endpoints: readonly string[];
    onSlice: (slice: LoadSlice) => void;
  };

  constructor(options: TimeLine['options']) {
    this.options = options;
  }

  /** Enters a request due at `intendedMs`; returns its slice. */
  open(intendedMs: number): number {
    const index = Math.max(this.nextOut, Math.floor((intendedMs - this.options.startMs) / this.options.sliceMs));
    this.at(index).open++;
    if (index > this.last) this.last = index;
    return index;
  }

  /** Records the end of a request entered before. */
  close(index: number, endpoint: number, outcome: Outcome, responseMs: number): void {
    const slice = this.at(index);
    slice.open--;
    this.counted++;
    const tally = this.tally(slice, endpoint);
    countOutcome(tally.counts, outcome);
    (isAnswer(outcome) ? tally.response : tally.failures).record(responseMs);
  }

  /** Counts a step that is not made because a request of the slice, closed in this same turn, went bad. */
  notReached(index: number, endpoint: number): void {
    this.tally(this.at(index), endpoint).notReached++;
  }

  /** Enters CPU time that the machine withheld around `atMs`. */
  withheld(atMs: number, lostMs: number): void {
    const { startMs, sliceMs } = this.options;
    if (lostMs > 0) this.at(Math.max(this.nextOut, Math.floor((atMs - startMs) / sliceMs))).withheldMs += lostMs;
  }

  /** Hands out one slice, if one is complete; nothing will be entered before `reachedMs` any more. True: ask again. */
  release(reachedMs: number): boolean {
    const { startMs, sliceMs } = this.options;
    if (startMs + (this.nextOut + 1) * sliceMs > reachedMs) return false;
    return this.handOut();
  }

  /** Hands out what is left, up to the slice that holds `endMs` (exclusive) or the last request. */
  finish(endMs: number): void {
    const { startMs, sliceMs } = this.options;
    // A sum of fractions may end a hair behind the last slice; that is no further slice.
    this.last = Math.max(this.last, Math.ceil((endMs - startMs) / sliceMs - 1e-6) - 1);
    while (this.nextOut <= this.last && this.handOut());
  }

  private handOut(): boolean {
    const { startEpochMs, sliceMs, endpoints, onSlice } = this.options;
    const index = this.nextOut;
    const slice = this.slices.get(index);
    if (slice !== undefined && slice.open > 0) return false;
    this.slices.delete(index);
    this.nextOut++;
    const out: LoadSlice = {
      index,
      startMs: startEpochMs + index * sliceMs,
      lengthMs: sliceMs,
      withheldMs: slice?.withheldMs ?? 0,
      endpoints: {},
    };
    for (const [endpoint, tally] of slice?.endpoints.entries() ?? []) {
      if (tally === undefined) continue;
      out.endpoints[endpoints[endpoint] ?? ''] = {
        ...tally.counts,
        responseTime: encodeHistogram(tally.response.toHistogram()),
        failureAge: encodeSome(tally.failures),
        notReached: tally.notReached,
      };
      for (const times of [tally.response, tally.failures]) {
        if (times.total > 0) times.reset();
        this.spare.push(times);
      }
    }
    onSlice(out);
    return true;
  }

  private tally(slice: SliceTally, endpoint: number) {
    return (slice.endpoints[endpoint] ??= {
      counts: emptyCounts(),
      response: this.spare.pop() ?? new TimeCounts(),
      failures: this.spare.pop() ?? new TimeCounts(),
      notReached: 0,
    });
  }

  private at(index: number): SliceTally {
    let slice = this.slices.get(index);
    if (slice === undefined) {
      slice = { open: 0, withheldMs: 0, endpoints: [] };
      this.slices.set(index, slice);
    }
    return slice;
  }
}
