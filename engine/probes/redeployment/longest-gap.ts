import { own, type LineSlice } from '../../model/index.ts';

/**
 * The longest time, ms, in which no request of some endpoint got a good answer: slices one after another in which it was asked and none was good, those in which nobody asked
 * counting where they lie between such. As fine as the slices. Pure.
 */
export function longestGapMs(slices: readonly LineSlice[]): number {
  const inOrder = slices.toSorted((a, b) => a.startMs - b.startMs);
  const endpoints = new Set(inOrder.flatMap(({ endpoints: all }) => Object.keys(all)));
  return Math.max(0, ...[...endpoints].map((endpoint) => gapOf(inOrder, endpoint)));
}

function gapOf(slices: readonly LineSlice[], endpoint: string): number {
  let longestMs = 0;
  let fromMs: number | null = null;
  for (const { startMs, lengthMs, endpoints } of slices) {
    const { scheduled = 0, good = 0 } = own(endpoints, endpoint) ?? {};
    if (good > 0) fromMs = null;
    else if (scheduled > 0) {
      fromMs ??= startMs;
      longestMs = Math.max(longestMs, startMs + lengthMs - fromMs);
    }
  }
  return longestMs;
}
