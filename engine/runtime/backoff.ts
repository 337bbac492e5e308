const FIRST_MS = 100;
const LONGEST_MS = 60_000;
/** A process that ran this long starts again with the first, shortest wait. */
const STABLE_MS = 10_000;

/**
 * Wait before a crashed unit is started again, ms: 100 doubling up to a minute, back to 100 after 10 s of running. The rule of Docker's
 * restart policies, so that both runtimes heal alike.
 * @param previousWaitMs the wait before the run that just ended; null for a unit's first crash
 * @param ranMs how long that run lasted
 */
export function nextRestartWaitMs(previousWaitMs: number | null, ranMs: number): number {
  if (previousWaitMs === null || ranMs >= STABLE_MS) return FIRST_MS;
  return Math.min(LONGEST_MS, previousWaitMs * 2);
}
