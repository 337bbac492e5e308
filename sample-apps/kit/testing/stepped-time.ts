import { vi } from 'vitest';
import type { Database } from '../database/database.ts';

// For tests only.

/** Longest step, ms: short against every limit of a store, which must not seem to be slow while time is jumped over. */
const stepMs = 250;
/** How long a store that waits for nothing but its server may take, ms of real time, before it is given 1 ms of the test's. */
const patienceMs = 50;

/** Time of the test's own beside stores that answer in real time: with fake timers, but for `setImmediate`. */
export function steppedTime() {
  let underway = 0;

  async function counted<T>(ask: () => Promise<T>): Promise<T> {
    underway++;
    try {
      return await ask();
    } finally {
      underway--;
    }
  }

  /** Until nobody asks a store for anything. A store that waits for a while itself, before it tries again, gets the time for that. */
  async function settled(): Promise<void> {
    let sinceMs = performance.now();
    for (let quiet = 0; quiet < 3; quiet = underway === 0 ? quiet + 1 : 0) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (performance.now() - sinceMs < patienceMs) continue;
      await vi.advanceTimersByTimeAsync(1);
      sinceMs = performance.now();
    }
  }

  return {
    /** The same, and time waits for what it is asked for. */
    watched: (database: Database): Database => ({
      all: (context, sql, ...values) => counted(() => database.all(context, sql, ...values)),
      get: (context, sql, ...values) => counted(() => database.get(context, sql, ...values)),
      run: (context, sql, ...values) => counted(() => database.run(context, sql, ...values)),
      transaction: (context, work) => counted(() => database.transaction(context, work)),
    }),
    pass: async (ms: number): Promise<void> => {
      await settled();
      let left = ms;
      do {
        const step = Math.min(stepMs, left);
        await vi.advanceTimersByTimeAsync(step);
        await settled();
        left -= step;
      } while (left > 0);
    },
  };
}
