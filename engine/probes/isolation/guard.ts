import type { Clock } from '../../clock/index.ts';
import type { Machine } from '../../machine/index.ts';
import { watchHost } from './host.ts';

/** Faults were ended for the machine's sake or because their time was up; the experiment goes on without them. */
export class FaultsStopped extends Error {
  override name = 'FaultsStopped';
}

/** Ends faults when the machine suffers or their time is spent. Its reason, once there is one, stays. */
export class FaultGuard {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #stopWatching: () => void;
  #leftMs: number;

  /** @param budgetMs time that faults may be in effect, all together; null: no bound */
  constructor(budgetMs: number | null, surroundings: { clock: Clock; machine: Machine }) {
    this.#leftMs = budgetMs ?? Infinity;
    this.#clock = surroundings.clock;
    this.#stopWatching = watchHost(surroundings, (reason) => this.#stop(`faults were ended because ${reason}`));
  }

  /** Aborted, with a FaultsStopped, when faults must end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why no fault may be done any more, in words; null while one may. */
  get reason(): string | null {
    const { signal } = this.#controller;
    return signal.aborted && signal.reason instanceof FaultsStopped ? signal.reason.message : null;
  }

  /** Counts the time of `work` against the budget and stops everything when it is spent. */
  async spend<T>(work: () => Promise<T>): Promise<T> {
    const fromMs = this.#clock.monotonicMs();
    const spent = () => this.#stop('the time that faults may take was spent');
    const forget = this.#leftMs === Infinity ? () => undefined : this.#clock.after(this.#leftMs, spent);
    try {
      return await work();
    } finally {
      forget();
      this.#leftMs -= this.#clock.monotonicMs() - fromMs;
      if (this.#leftMs <= 0) spent();
    }
  }

  close(): void {
    this.#stopWatching();
  }

  #stop(reason: string): void {
    this.#controller.abort(new FaultsStopped(reason));
  }
}
