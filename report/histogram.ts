import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';

/** Response or service times of many requests, in ms, read from compressed histograms. */
export interface Times {
  count: number;
  /** The time that the share `q` (0 to 1) of requests stays within, ms. */
  quantileMs(q: number): number;
}

/** Merges compressed histograms (microseconds) without averaging percentiles; null when none is readable or all are empty. */
export function mergeTimes(encoded: readonly string[]): Times | null {
  let merged: Histogram | null = null;
  for (const text of encoded) {
    const histogram = decode(text);
    if (histogram === null || histogram.totalCount === 0) continue;
    if (merged === null) merged = histogram;
    else merged.add(histogram);
  }
  if (merged === null) return null;
  const whole = merged;
  return { count: whole.totalCount, quantileMs: (q) => whole.getValueAtPercentile(q * 100) / 1000 };
}

function decode(text: string): Histogram | null {
  if (text === '') return null;
  try {
    return decodeFromCompressedBase64(text);
  } catch {
    return null;
  }
}

/** Whether `count` samples are enough to show the quantile `q`: ten beyond it (p99 from 1,000, p99.9 from 10,000). */
export function enoughFor(q: number, count: number): boolean {
  return count * (1 - q) >= 10 - 1e-6;
}
