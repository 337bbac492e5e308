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

/** A histogram of three digits up to a minute never needs more, whatever was recorded, characters. */
export const longestHistogram = 200_000;

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
  // What is short and unpacks to far more than any histogram has, too: a byte unpacks to a thousand at most.
  if (text.length > longestHistogram) throw new Error('This is far too long for a histogram.');
  try {
    return decodeFromCompressedBase64(text, 32, false, HISTOGRAM_MAX_US);
  } catch (cause) {
    throw new Error('This is not an encoded histogram (HDR V2, compressed, base64).', { cause });
  }
}

/** The exact sum of histograms (bucket by bucket); percentiles are taken from it, never averaged. */
export function mergeHistograms(histograms: readonly (Histogram | string)[]): Histogram {
  const merged = newHistogram();
  for (const histogram of histograms) {
    const one = typeof histogram === 'string' ? decodeHistogram(histogram) : histogram;
    // An empty one has as many buckets to go through as any.
    if (one.totalCount > 0) merged.add(one);
  }
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

/** Requests whose true response time is unknown: failed in any way or never sent. */
export function censoredCount(counts: RequestCounts): number {
  return counts.dropped + errorCount(counts.errors);
}

/** All failures of requests that were sent or timed out in line. */
export function errorCount(errors: Errors): number {
  return errors.status + errors.shape + errors.timeout + errors.refused + errors.reset + errors.other;
}

/** Response times of many requests: those that were answered as expected, and the ages at which the others ended, which rank behind all answers. */
export interface RequestTimes {
  answers: Histogram;
  /** Null where failures stand among the answers at their age (results of version 1). */
  failures: Histogram | null;
}

/** The times of one endpoint as they are stored; to be read, not to be recorded into. */
export function decodeTimes({
  responseTime,
  punctualTime = null,
  failureAge,
}: {
  responseTime: string;
  punctualTime?: string | null;
  failureAge: string | null;
}): RequestTimes {
  return {
    answers: decodeOrEmpty(punctualTime ?? responseTime),
    failures: failureAge === null ? null : decodeOrEmpty(failureAge),
  };
}

/** One for all: a histogram is large however little was recorded, and most slices of most endpoints know no failure. */
const nothingRecorded = newHistogram();

function decodeOrEmpty(text: string): Histogram {
  return text === '' ? nothingRecorded : decodeHistogram(text);
}

/** The exact sum of the times of several endpoints or loads. */
export function mergeTimes(parts: readonly RequestTimes[]): RequestTimes {
  const failures = parts.map((part) => part.failures);
  const known = failures.filter((one) => one !== null);
  return {
    answers: mergeHistograms(parts.map((part) => part.answers)),
    failures: known.length < failures.length ? null : mergeHistograms(known),
  };
}

/** How many requests the times are of. */
export function timesCount({ answers, failures }: RequestTimes): number {
  return answers.totalCount + (failures?.totalCount ?? 0);
}

/**
 * The quantile `q` (0 to 1) over all requests, failures ranked behind every answer whatever their age, so that an instant refusal never makes anything faster. Where
 * the rank falls among the failures only a lower bound is known: the slowest answer, or the age of the failure of that rank if that is more. `failedShare`
 * counts only where failures stand among the answers (version 1). Null without requests.
 */
export function rankedQuantile(
  times: RequestTimes,
  q: number,
  failedShare = 0,
): { ms: number; atLeast: boolean } | null {
  const { answers, failures } = times;
  const total = timesCount(times);
  if (total === 0) return null;
  if (failures === null)
    return { ms: answers.getValueAtPercentile(q * 100) / 1000, atLeast: failedShare >= 1 - q - 1e-12 };
  const rank = Math.min(total, Math.max(1, Math.floor(q * total + 0.5)));
  if (rank <= answers.totalCount) return { ms: valueOfRank(answers, rank) / 1000, atLeast: false };
  const age = valueOfRank(failures, rank - answers.totalCount);
  return { ms: Math.max(age, answers.totalCount === 0 ? 0 : answers.maxValue) / 1000, atLeast: true };
}

/** The value that has this rank, from 1 to as many as were recorded, microseconds. */
function valueOfRank(histogram: Histogram, rank: number): number {
  // A little less than the rank, which the library rounds up: 15 of 18 in per cent and back is more than 15, and would be the 16th.
  return histogram.getValueAtPercentile(((rank - 0.25) / histogram.totalCount) * 100);
}

/** The quantile `q` (0 to 1) as it may be shown: none with fewer than ten samples above it, a lower bound where failures reach it. */
export function percentile(times: RequestTimes, counts: RequestCounts, q: number): Percentile {
  const needed = samplesNeeded(q);
  if (timesCount(times) < needed) return { kind: 'tooFew', needed };
  const found = rankedQuantile(times, q, counts.scheduled === 0 ? 0 : censoredCount(counts) / counts.scheduled);
  if (found === null) return { kind: 'tooFew', needed };
  return { kind: found.atLeast ? 'atLeast' : 'value', ms: found.ms };
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
  const times: { ms: number; count: number }[] = [];
  // The library's iterator works out the value of every place, and nearly all are empty.
  let left = histogram.totalCount;
  for (let index = 0; left > 0 && index < histogram.countsArrayLength; index += 1) {
    const count = histogram.getCountAtIndex(index);
    if (count === 0) continue;
    times.push({ ms: histogram.highestEquivalentValue(histogram.valueFromIndex(index)) / 1000, count });
    left -= count;
  }
  return times;
}
