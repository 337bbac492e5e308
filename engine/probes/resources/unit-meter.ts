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
  #anew = false;
  #peakBytes = 0;

  /** The unit's process has been started again since the last reading. */
  startsAnew(): void {
    this.#anew = true;
  }

  read(stats: UnitStats): void {
    const last = this.#last;
    if (last !== null) {
      // A counter that has gone back began at 0 as well, though the event is still on its way.
      const anew = this.#anew || stats.cpuSeconds < last.cpuSeconds;
      for (const counter of counters) {
        const [sum, now, before] = [this.#sums[counter], stats[counter], anew ? 0 : last[counter]];
        this.#sums[counter] = sum === null || now === null || before === null ? null : sum + Math.max(0, now - before);
      }
    }
    this.#anew = false;
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
