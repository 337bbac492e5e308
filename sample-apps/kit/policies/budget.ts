import { steadyMs } from '../clock.ts';

const slotMs = 1000;
const slots = 10;

/**
 * Bounds retries to a share of first attempts over the last ten seconds, so that retries cannot multiply a failing
 * dependency's load. `nowMs` is for tests.
 */
export class RetryBudget {
  readonly #share: number;
  readonly #nowMs: () => number;
  readonly #firsts = new Float64Array(slots);
  readonly #retries = new Float64Array(slots);
  #slot = 0;

  constructor(share: number, nowMs: () => number = steadyMs) {
    this.#share = share;
    this.#nowMs = nowMs;
    this.#slot = Math.floor(nowMs() / slotMs);
  }

  first(): void {
    this.#advance();
    add(this.#firsts, this.#slot % slots);
  }

  /** Takes one retry out of the budget; false when there is none left. */
  take(): boolean {
    this.#advance();
    const firsts = sum(this.#firsts);
    if (sum(this.#retries) + 1 > firsts * this.#share) return false;
    add(this.#retries, this.#slot % slots);
    return true;
  }

  #advance(): void {
    const now = Math.floor(this.#nowMs() / slotMs);
    for (let step = Math.max(this.#slot + 1, now - slots + 1); step <= now; step++) {
      this.#firsts[step % slots] = 0;
      this.#retries[step % slots] = 0;
    }
    this.#slot = Math.max(this.#slot, now);
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function add(values: Float64Array, index: number): void {
  values[index] = (values[index] ?? 0) + 1;
}
