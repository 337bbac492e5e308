import { own } from '../../model/index.ts';
import { median, steadyState } from '../../statistics/index.ts';
import { timeQuantile, type Times } from '../times.ts';

/** Length of a slice of the warm-up, ms: short ones, because a warm-up of two seconds must be judged too. */
export const warmUpSliceMs = 100;
const windowSlices = 1000 / warmUpSliceMs;
/** No more than the last half minute is looked at. */
const mostSlices = 30_000 / warmUpSliceMs;
const tolerance = 0.1;
/** Standard deviation of a normal distribution over its median absolute deviation. */
const deviationScale = 1.4826;
/** Standard error of a median over that of a mean. */
const medianInefficiency = Math.sqrt(Math.PI / 2);

/** Response times of one slice, by endpoint. */
export type SliceTimes = Readonly<Record<string, Times>>;

/**
 * Whether a warm-up has come to rest: the median of the last second is that of the second before, within 10 % or two standard errors, and the start-up that
 * MSER would cut off ended in its first half (each slice a batch). False with less than two seconds.
 */
export function isSteady(slices: readonly SliceTimes[]): boolean {
  const levels = relativeLevels(slices.slice(-mostSlices));
  if (levels.length < 2 * windowSlices) return false;
  const last = levels.slice(-windowSlices);
  const before = levels.slice(-2 * windowSlices, -windowSlices);
  const error = Math.hypot(standardError(last), standardError(before));
  const change = Math.abs(median(last) - median(before));
  return change <= Math.max(tolerance * median(before), 2 * error) && steadyState(levels);
}

/**
 * The median response time of each slice, every request taken relative to the median of its endpoint: which endpoints a slice of a few requests happens to hold
 * would otherwise be most of what moves. Slices without a request are left out. One stall is one odd slice, not a shifted mean.
 */
function relativeLevels(slices: readonly SliceTimes[]): number[] {
  const typical = new Map<string, number>();
  for (const name of new Set(slices.flatMap((slice) => Object.keys(slice)))) {
    const ms = timeQuantile(
      slices.flatMap((slice) => own(slice, name) ?? []),
      0.5,
    );
    if (ms !== null && ms > 0) typical.set(name, ms);
  }
  return slices.flatMap((slice) => {
    const relative = Object.entries(slice).flatMap(([name, times]) => {
      const ownMs = typical.get(name);
      return ownMs === undefined ? [] : times.map(({ ms, count }) => ({ ms: ms / ownMs, count }));
    });
    return timeQuantile(relative, 0.5) ?? [];
  });
}

/** Of the median of the values, from their median absolute deviation. */
function standardError(values: readonly number[]): number {
  const centre = median(values);
  const deviation = deviationScale * median(values.map((value) => Math.abs(value - centre)));
  return (medianInefficiency * deviation) / Math.sqrt(values.length);
}

/** The rule in words, for the report. */
export function steadyRule(minMs: number, maxMs: number, minRequests: number): string {
  return `at least ${minMs / 1000} s and ${minRequests} requests, then until the median of a second is that of the second before, within 10 % or two standard errors, and MSER finds no start-up in the second half; at most ${maxMs / 1000} s`;
}
