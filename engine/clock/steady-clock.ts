import type { Clock } from './clock.ts';

/**
 * The same clock with its instants laid out once from the monotonic reading: setting the wall clock afterwards moves none of them, so that
 * instants may be subtracted.
 */
export function steadyClock(clock: Clock): Clock {
  const originMs = clock.nowMs() - clock.monotonicMs();
  return {
    nowMs: () => originMs + clock.monotonicMs(),
    monotonicMs: () => clock.monotonicMs(),
    delay: (durationMs, signal) => clock.delay(durationMs, signal),
    after: (durationMs, callback) => clock.after(durationMs, callback),
  };
}
