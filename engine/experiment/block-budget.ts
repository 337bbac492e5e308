import type { Clock } from '../clock/index.ts';
import type { Experiment } from '../model/index.ts';

/** What the time is counted by. */
export interface BudgetContext {
  experiment: Experiment;
  clock: Clock;
  /** By the monotonic clock, when the run began. */
  startedAtMs: number;
  /** The first block that is measured. */
  from: number;
}

/** Keeps the time that blocks may be begun in. The first is always begun: no time at all measures nothing. */
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

  /** Why another block is not begun; null when there is time for it. */
  whyFull(block: number): string | null {
    const { experiment, clock, startedAtMs, from } = this.#context;
    const { budgetMs } = experiment;
    if (budgetMs === null || block === from) return null;
    const leftMs = budgetMs - (clock.monotonicMs() - startedAtMs);
    if (leftMs >= this.#longestMs) return null;
    const seconds = (ms: number) => `${Math.max(0, Math.round(ms / 1000))} s`;
    return `the budget of ${seconds(budgetMs)} does not hold another block: ${seconds(leftMs)} are left, and the longest took ${seconds(this.#longestMs)}`;
  }
}
