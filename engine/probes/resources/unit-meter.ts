import type { UnitResources } from '../../model/index.ts';
import type { UnitStats } from '../../runtime/index.ts';

type Counter = 'cpuSeconds' | 'networkReceivedBytes' | 'networkSentBytes';
const counters = ['cpuSeconds', 'networkReceivedBytes', 'networkSentBytes'] as const satisfies readonly Counter[];

/** What is known of one counter. */
interface Counted {
  /** Used since the first reading, as far as it was told; null: the first reading did not have it. */
  sum: number | null;
  /** What it was when it was told last, 0 once it has begun anew since. */
  before: number;
  /** Whether the last reading had it. */
  isTold: boolean;
}

/**
 * Sums what one unit uses over all its starts: the engine's counters begin at 0 with each, so a difference of two readings would forget what was
 * used before. Of what a process used between the last reading and its end nobody knows. What the first or the last reading did not tell is unknown; in between one may be missing.
 */
export class UnitMeter {
  readonly #counted = new Map<Counter, Counted>();
  /** CPU as it was told last, 0 once it has begun anew since. */
  #cpuSeconds: number | null = null;
  /** Starts that were told and not yet seen in a counter. */
  #told = 0;
  /** A counter has gone back, and the event of that start is still on its way. */
  #early = false;
  #memoryBytes: number | null = null;
  #peakBytes: number | null = null;

  /** The unit's process has been started again. */
  startsAnew(): void {
    if (this.#early) this.#early = false;
    else this.#told += 1;
  }

  /** To be called when the engine is asked, since a start may be told before its answer comes; takes the answer. */
  reading(): (stats: UnitStats) => void {
    const told = this.#told;
    return (stats) => this.#read(stats, told);
  }

  /** @param told starts that were known when the engine was asked */
  #read(stats: UnitStats, told: number): void {
    this.#told -= told;
    // A counter that has gone back began at 0 as well, whenever that is told; one that has not was read before what was told meanwhile.
    const wentBack = stats.cpuSeconds !== null && this.#cpuSeconds !== null && stats.cpuSeconds < this.#cpuSeconds;
    if (told > 0) this.#beginAnew();
    else if (wentBack) {
      this.#beginAnew();
      this.#early = this.#told === 0;
      this.#told = 0;
    }
    for (const counter of counters) this.#count(counter, stats[counter]);
    this.#cpuSeconds = stats.cpuSeconds ?? this.#cpuSeconds;
    this.#memoryBytes = stats.memoryBytes;
    if (stats.memoryBytes !== null) this.#peakBytes = Math.max(this.#peakBytes ?? 0, stats.memoryBytes);
  }

  /** Also where this reading tells nothing: the next one that does is not held against what was before the start. */
  #beginAnew(): void {
    for (const counted of this.#counted.values()) counted.before = 0;
    this.#cpuSeconds = this.#cpuSeconds === null ? null : 0;
  }

  #count(counter: Counter, now: number | null): void {
    const counted = this.#counted.get(counter);
    if (counted === undefined) {
      this.#counted.set(counter, { sum: now === null ? null : 0, before: now ?? 0, isTold: now !== null });
      return;
    }
    counted.isTold = now !== null;
    if (now === null) return;
    if (counted.sum !== null) counted.sum += Math.max(0, now - counted.before);
    counted.before = now;
  }

  /** What was used since the first reading. */
  get used(): Omit<UnitResources, 'unit'> {
    const known = (counter: Counter): number | null => {
      const counted = this.#counted.get(counter);
      return counted?.isTold === true ? counted.sum : null;
    };
    return {
      cpuSeconds: known('cpuSeconds'),
      memoryBytes: this.#memoryBytes,
      memoryPeakBytes: this.#peakBytes,
      networkReceivedBytes: known('networkReceivedBytes'),
      networkSentBytes: known('networkSentBytes'),
    };
  }
}
