import { setTimeout as delay } from 'node:timers/promises';
import { startThreadPacer } from './thread-pacer.ts';

/**
 * Watches for a while how much of the time this machine withholds the CPU from a thread that sleeps and wants to wake: the share lost in sleeps
 * that ended over 1 ms late, 0 to 1, by the same meter as a load's. Rejects when `signal` aborts.
 */
export async function watchWithheldCpu(durationMs: number, signal: AbortSignal): Promise<number> {
  const { pacer } = await startThreadPacer();
  try {
    const never = () => Number.POSITIVE_INFINITY;
    pacer.start(never, () => {}, Number.POSITIVE_INFINITY);
    const startedAtMs = performance.now();
    await delay(durationMs, undefined, { signal });
    return pacer.lostMs() / Math.max(1, performance.now() - startedAtMs);
  } finally {
    await pacer.close();
  }
}
