import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** The clocks and timers of this machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  delay: async (durationMs, signal) => {
    try {
      await delay(Math.max(0, durationMs), undefined, { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
  after: (durationMs, callback) => {
    const timer = setTimeout(callback, Math.max(0, durationMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
