import { watchHost, type HostState } from './host.ts';

/** Faults were ended for the machine's sake or because their time was up; the experiment goes on without them. */
export class FaultsStopped extends Error {
  override name = 'FaultsStopped';
}

/** Ends faults when the machine suffers or their time is spent. Its reason, once there is one, stays. */
export class FaultGuard {
  readonly #controller = new AbortController();
  readonly #watch: { stop(): void };
  #leftMs: number;

  /** @param budgetMs time that faults may be in effect, all together; null: no bound */
  constructor(budgetMs: number | null, readHost?: () => HostState) {
    this.#leftMs = budgetMs ?? Infinity;
    this.#watch = watchHost((reason) => this.#stop(`faults were ended because ${reason}`), readHost);
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
    const fromMs = performance.now();
    const spent = () => this.#stop('the time that faults may take was spent');
    const timer = this.#leftMs === Infinity ? undefined : setTimeout(spent, Math.max(0, this.#leftMs));
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#leftMs -= performance.now() - fromMs;
      if (this.#leftMs <= 0) spent();
    }
  }

  close(): void {
    this.#watch.stop();
  }

  #stop(reason: string): void {
    this.#controller.abort(new FaultsStopped(reason));
  }
}
