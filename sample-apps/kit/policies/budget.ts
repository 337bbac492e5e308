import { steadyMs } from '../clock.ts';
import { SlidingCounts } from './sliding-counts.ts';

/**
 * Bounds retries to a share of first attempts over the last ten seconds, so that retries cannot multiply a failing
 * dependency's load. `nowMs` is for tests.
 */
export class RetryBudget {
  readonly #share: number;
  readonly #counts: SlidingCounts<'firsts' | 'retries'>;

  constructor(share: number, nowMs: () => number = steadyMs) {
    this.#share = share;
    this.#counts = new SlidingCounts(['firsts', 'retries'], 10, 1000, nowMs);
  }

  first(): void {
    this.#counts.add('firsts');
  }

  /** Takes one retry out of the budget; false when there is none left. */
  take(): boolean {
    if (this.#counts.sum('retries') + 1 > this.#counts.sum('firsts') * this.#share) return false;
    this.#counts.add('retries');
    return true;
  }
}
