import type { recordedTimes } from '../model/index.ts';

/** Response times and how often each came, in any order. */
export type Times = ReturnType<typeof recordedTimes>;

/** The time that a share `q` of the requests does not exceed, ms; null without requests. */
export function timeQuantile(times: Times, q: number): number | null {
  const wanted = q * times.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { ms, count } of times.toSorted((a, b) => a.ms - b.ms)) {
    seen += count;
    if (seen >= wanted) return ms;
  }
  return null;
}
