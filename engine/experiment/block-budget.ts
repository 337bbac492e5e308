import type { Clock } from '../clock/index.ts';
import type { Experiment } from '../model/index.ts';

/** What the time is counted by. */
export interface BudgetContext {
  experiment: Experiment;
  clock: Clock;
  /** By the monotonic clock, when the run began. */
  startedAtMs: number;
}

/** Keeps the time that blocks, and repeats of them, may be begun in. */
export class BlockBudget {
  readonly #context: BudgetContext;
  #longestMs = 0;
  #sinceMs: number;

  constructor(context: BudgetContext) {
    this.#context = context;
    this.#sinceMs = context.clock.monotonicMs();
  }

  blockEnded(): void {
    const nowMs = this.#context.clock.monotonicMs();
    this.#longestMs = Math.max(this.#longestMs, nowMs - this.#sinceMs);
    this.#sinceMs = nowMs;
  }

  /** Why another block is not begun, or one measured again; null when there is time for it. */
  whyFull(): string | null {
    const { experiment, clock, startedAtMs } = this.#context;
    const { budgetMs } = experiment;
    // The first block is always begun: no time at all measures nothing.
    if (budgetMs === null || this.#longestMs === 0) return null;
    const leftMs = budgetMs - (clock.monotonicMs() - startedAtMs);
    if (leftMs >= this.#longestMs) return null;
    const seconds = (ms: number) => `${Math.max(0, Math.round(ms / 1000))} s`;
    return `the budget of ${seconds(budgetMs)} does not hold another block: ${seconds(leftMs)} are left, and the longest took ${seconds(this.#longestMs)}`;
  }
}
