import { recoveryWindowMs, type LineSlice } from '../../model/index.ts';
import { wilsonInterval } from '../../statistics/index.ts';
import { availability, tallyOf, tallyQuantile } from './slices.ts';

const availabilityShare = 0.99;
const inflationLimit = 1.2;
/** Below this a rise of p95 is timer and scheduling noise on any machine, ms. */
const inflationFloorMs = 10;
/** Share of requests that lie above a p95. */
const beyondP95 = 0.05;

export interface Baseline {
  availability: number;
  p95Ms: number;
}

/** What recovery is held against: all requests of a window together. */
export function baselineOf(slices: readonly LineSlice[]): Baseline {
  const whole = tallyOf(slices);
  return { availability: availability(whole) ?? 1, p95Ms: tallyQuantile(whole, 0.95)?.ms ?? 0 };
}

/**
 * Whether one window counts as recovered: availability at least 0.99 of the baseline's, and p95 not above 1.2 x it (or 10 ms over it) beyond chance: the
 * 95 % interval (Wilson) of the share of requests above that bound, failed ones among them, reaches down to 5 %. The baseline's p95 comes from few requests, and so does the window's.
 */
export function isRecovered(slices: readonly LineSlice[], baseline: Baseline): boolean {
  const whole = tallyOf(slices);
  const share = availability(whole);
  if (share === null || share < availabilityShare * baseline.availability) return false;
  const boundMs = Math.max(inflationLimit * baseline.p95Ms, baseline.p95Ms + inflationFloorMs);
  const above = whole.answersMs.filter((ms) => ms > boundMs).length + whole.failuresMs.length;
  return wilsonInterval(above, whole.answersMs.length + whole.failuresMs.length).low <= beyondP95;
}

/**
 * Start of the first recovered window at or after `fromMs`, ms since the epoch; null when no whole window in `slices` is
 * recovered. Windows slide by one slice, which is the resolution.
 */
export function firstRecovered(slices: readonly LineSlice[], fromMs: number, baseline: Baseline): number | null {
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
