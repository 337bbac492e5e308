import { availability, summaryOf, type TrackedSlice } from './track.ts';

/** Length of the window that must be good again, ms. */
export const recoveryWindowMs = 5000;
const availabilityShare = 0.99;
const inflationLimit = 1.2;
/** Below this a rise of p95 is timer and scheduling noise on any machine, ms. */
const inflationFloorMs = 10;

export interface Baseline {
  availability: number;
  p95Ms: number;
}

/** Whether one window counts as recovered: availability at least 0.99 of the baseline's and p95 at most 1.2 x (or 10 ms over) it. */
export function isRecovered(slices: readonly TrackedSlice[], baseline: Baseline): boolean {
  const window = summaryOf(slices);
  const share = availability(window);
  if (share === null || window.p95Ms === null) return false;
  return (
    share >= availabilityShare * baseline.availability &&
    window.p95Ms <= Math.max(inflationLimit * baseline.p95Ms, baseline.p95Ms + inflationFloorMs)
  );
}

/**
 * Start of the first recovered window at or after `fromMs`, ms since the epoch; null when no whole window in `slices` is
 * recovered. Windows slide by one slice, which is the resolution.
 */
export function firstRecovered(slices: readonly TrackedSlice[], fromMs: number, baseline: Baseline): number | null {
  for (const [index, first] of slices.entries()) {
    if (first.startMs < fromMs) continue;
    const window = slices
      .slice(index)
      .filter((slice) => slice.startMs + slice.lengthMs <= first.startMs + recoveryWindowMs);
    const last = window.at(-1);
    if (last === undefined || last.startMs + last.lengthMs - first.startMs < recoveryWindowMs - first.lengthMs / 2)
      return null;
    if (isRecovered(window, baseline)) return first.startMs;
  }
  return null;
}
