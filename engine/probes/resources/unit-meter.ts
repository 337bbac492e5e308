import type { UnitResources } from '../../model/index.ts';
import type { UnitStats } from '../../runtime/index.ts';

type Counter = 'cpuSeconds' | 'networkReceivedBytes' | 'networkSentBytes';
const counters = ['cpuSeconds', 'networkReceivedBytes', 'networkSentBytes'] as const satisfies readonly Counter[];

/**
 * Sums what one unit uses over all its starts: the engine's counters begin at 0 with each, so a difference of two readings would forget what was
 * used before. Of what a process used between the last reading and its end nobody knows.
 */
export class UnitMeter {
  readonly #sums: Record<Counter, number | null> = { cpuSeconds: 0, networkReceivedBytes: 0, networkSentBytes: 0 };
  #last: UnitStats | null = null;
  /** Starts that were told and not yet seen in a counter. */
  #told = 0;
  /** A counter has gone back, and the event of that start is still on its way. */
  #early = false;
  #peakBytes = 0;

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
    const last = this.#last;
    if (last !== null) {
      // A counter that has gone back began at 0 as well, whenever that is told; one that has not was read before what was told meanwhile.
      const wentBack = stats.cpuSeconds < last.cpuSeconds;
      const anew = told > 0 || wentBack;
      if (wentBack) {
        this.#early = this.#told === 0;
        this.#told = 0;
      } else this.#told -= told;
      for (const counter of counters) {
        const [sum, now, before] = [this.#sums[counter], stats[counter], anew ? 0 : last[counter]];
        this.#sums[counter] = sum === null || now === null || before === null ? null : sum + Math.max(0, now - before);
      }
    }
    this.#last = stats;
    this.#peakBytes = Math.max(this.#peakBytes, stats.memoryBytes);
  }

  /** What was used since the first reading. */
  get used(): Omit<UnitResources, 'unit'> {
    return {
      cpuSeconds: this.#sums.cpuSeconds ?? 0,
      memoryBytes: this.#last?.memoryBytes ?? 0,
      memoryPeakBytes: this.#peakBytes,
      networkReceivedBytes: this.#sums.networkReceivedBytes,
      networkSentBytes: this.#sums.networkSentBytes,
    };
  }
}
