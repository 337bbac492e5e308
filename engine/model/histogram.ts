import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  JsHistogram,
  type Histogram,
} from 'hdr-histogram-js';
import type { Errors } from './load.ts';

/** Longest time a histogram tells apart, microseconds (60 s); longer times count as this. */
export const HISTOGRAM_MAX_US = 60_000_000;

/** Counts that stand beside a histogram of response times. */
export interface RequestCounts {
  scheduled: number;
  good: number;
  late: number;
  dropped: number;
  errors: Errors;
}

/** A percentile: its value, a lower bound when too many requests never gave an answer, or too few samples for it. */
export type Percentile =
  | { kind: 'value'; ms: number }
  | { kind: 'atLeast'; ms: number }
  | { kind: 'tooFew'; needed: number };

/** An empty histogram: microseconds, 1 us to 60 s, three significant digits. */
export function newHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HISTOGRAM_MAX_US,
    numberOfSignificantValueDigits: 3,
  });
}

/** Counts one time, given in ms; negative times count as 0, times over 60 s as 60 s. */
export function recordMs(histogram: Histogram, ms: number): void {
  const us = Math.round(ms * 1000);
  histogram.recordValue(us > HISTOGRAM_MAX_US ? HISTOGRAM_MAX_US : us > 0 ? us : 0);
}

/** As text for a result file: HDR V2, compressed, base64. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** Throws one sentence when the text is not an encoded histogram. */
export function decodeHistogram(text: string): Histogram {
  try {
    return decodeFromCompressedBase64(text, 32, false, HISTOGRAM_MAX_US);
  } catch (cause) {
    throw new Error('This is not an encoded histogram (HDR V2, compressed, base64).', { cause });
  }
}

/** The exact sum of histograms (bucket by bucket); percentiles are taken from it, never averaged. */
export function mergeHistograms(histograms: readonly (Histogram | string)[]): Histogram {
  const merged = newHistogram();
  for (const histogram of histograms)
    merged.add(typeof histogram === 'string' ? decodeHistogram(histogram) : histogram);
  return merged;
}

/** The value that a share `q` (0 to 1) of all recorded times does not exceed, ms; null when nothing was recorded. */
export function quantileMs(histogram: Histogram, q: number): number | null {
  return histogram.totalCount === 0 ? null : histogram.getValueAtPercentile(q * 100) / 1000;
}

/** Largest recorded time, ms (to three digits); null when nothing was recorded. */
export function maxMs(histogram: Histogram): number | null {
  return histogram.totalCount === 0 ? null : histogram.maxValue / 1000;
}

/** Mean of the recorded times, ms; null when nothing was recorded. */
export function meanMs(histogram: Histogram): number | null {
  return histogram.totalCount === 0 ? null : histogram.mean / 1000;
}

/** Samples that must stand behind the quantile `q`: ten above it (p99 from 1,000, p99.9 from 10,000). */
export function samplesNeeded(q: number): number {
  return Math.ceil(10 / (1 - q) - 1e-6);
}

/** Requests whose true response time is unknown: failed in any way or never sent. Their age stands in the histogram. */
export function censoredCount(counts: RequestCounts): number {
  return counts.dropped + errorCount(counts.errors);
}

/** All failures of requests that were sent or timed out in line. */
export function errorCount(errors: Errors): number {
  return errors.status + errors.shape + errors.timeout + errors.refused + errors.reset + errors.other;
}

/**
 * The quantile `q` (0 to 1) of the response times in `histogram`, judged with the counts beside it: when the share of failed and
 * unsent requests reaches 1 - q, only a lower bound is known; with fewer than ten samples above the quantile none is given.
 */
export function percentile(histogram: Histogram, counts: RequestCounts, q: number): Percentile {
  const needed = samplesNeeded(q);
  const ms = quantileMs(histogram, q);
  if (ms === null || histogram.totalCount < needed) return { kind: 'tooFew', needed };
  const censoredShare = counts.scheduled === 0 ? 0 : censoredCount(counts) / counts.scheduled;
  return censoredShare >= 1 - q - 1e-12 ? { kind: 'atLeast', ms } : { kind: 'value', ms };
}

export function emptyErrors(): Errors {
  return { status: 0, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };
}

export function emptyCounts(): RequestCounts {
  return { scheduled: 0, good: 0, late: 0, dropped: 0, errors: emptyErrors() };
}

/** Sum of two sets of counts; neither is changed. */
export function addCounts(a: RequestCounts, b: RequestCounts): RequestCounts {
  return {
    scheduled: a.scheduled + b.scheduled,
    good: a.good + b.good,
    late: a.late + b.late,
    dropped: a.dropped + b.dropped,
    errors: {
      status: a.errors.status + b.errors.status,
      shape: a.errors.shape + b.errors.shape,
      timeout: a.errors.timeout + b.errors.timeout,
      refused: a.errors.refused + b.errors.refused,
      reset: a.errors.reset + b.errors.reset,
      other: a.errors.other + b.errors.other,
    },
  };
}

/** The times recorded in a histogram and how often, ascending: small where few requests were counted, unlike the histogram itself. */
export function recordedTimes(histogram: Histogram): { ms: number; count: number }[] {
  if (!(histogram instanceof JsHistogram)) throw new TypeError('only histograms made in JavaScript can be listed');
  const iterator = histogram.recordedValuesIterator;
  iterator.reset();
  const times: { ms: number; count: number }[] = [];
  while (iterator.hasNext()) {
    const { valueIteratedTo, countAddedInThisIterationStep } = iterator.next();
    times.push({ ms: valueIteratedTo / 1000, count: countAddedInThisIterationStep });
  }
  return times;
}
