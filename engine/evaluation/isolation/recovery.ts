import { recoveryWindowMs, type IsolationOutcome, type LineSlice } from '../../model/index.ts';
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

/** The slices of the whole window that begins with this one; null where the observation ends before it does. */
function windowFrom(slices: readonly LineSlice[], index: number): LineSlice[] | null {
  const first = slices[index];
  if (first === undefined) return null;
  const window = slices
    .slice(index)
    .filter((slice) => slice.startMs + slice.lengthMs <= first.startMs + recoveryWindowMs);
  const last = window.at(-1);
  const isWhole =
    last !== undefined && last.startMs + last.lengthMs - first.startMs >= recoveryWindowMs - first.lengthMs / 2;
  return isWhole ? window : null;
}

/**
 * Start of the first recovered window at or after `fromMs`, ms since the epoch; null when no whole window in `slices` is
 * recovered. Windows slide by one slice, which is the resolution.
 */
export function firstRecovered(slices: readonly LineSlice[], fromMs: number, baseline: Baseline): number | null {
  for (const [index, { startMs }] of slices.entries()) {
    if (startMs < fromMs) continue;
    const window = windowFrom(slices, index);
    if (window === null) return null;
    if (isRecovered(window, baseline)) return startMs;
  }
  return null;
}

/**
 * How long recovery took from `fromMs` on, ms. Where none was seen it took at least until the first moment from which no whole window was watched: it may have begun right then, and
 * nobody could tell.
 */
export function recoveryIn(
  slices: readonly LineSlice[],
  fromMs: number,
  baseline: Baseline,
): Pick<IsolationOutcome, 'recoverMs' | 'recoverCensoredAtMs' | 'metastable'> {
  const recoveredAtMs = firstRecovered(slices, fromMs, baseline);
  if (recoveredAtMs !== null)
    return { recoverMs: recoveredAtMs - fromMs, recoverCensoredAtMs: null, metastable: false };
  const untried = slices.find(({ startMs }, index) => startMs >= fromMs && windowFrom(slices, index) === null);
  return { recoverMs: null, recoverCensoredAtMs: (untried?.startMs ?? fromMs) - fromMs, metastable: true };
}
