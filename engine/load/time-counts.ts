import type { Histogram } from 'hdr-histogram-js';
import { HISTOGRAM_MAX_US, newHistogram } from '../model/index.ts';

/** Buckets double in width from here on: 2^11 values of full resolution give three significant digits (as HdrHistogram has it). */
const HALF_BITS = 10;
const LENGTH = indexOf(HISTOGRAM_MAX_US) + 1;

/** Counts of times, filled while a load runs: the buckets of an HDR histogram in a plain array, at a tenth of the cost. */
export class TimeCounts {
  private readonly counts = new Uint32Array(LENGTH);
  total = 0;

  /** Counts one time, given in ms; negative times count as 0, times over 60 s as 60 s. */
  record(ms: number): void {
    const us = Math.round(ms * 1000);
    const index = indexOf(us > HISTOGRAM_MAX_US ? HISTOGRAM_MAX_US : us > 0 ? us : 0);
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total++;
  }

  reset(): void {
    this.counts.fill(0);
    this.total = 0;
  }

  /** The same counts as a histogram. */
  toHistogram(): Histogram {
    const histogram = newHistogram();
    for (let index = 0; index < LENGTH; index++) {
      const count = this.counts[index] ?? 0;
      if (count > 0) histogram.recordValueWithCount(valueAt(index), count);
    }
    return histogram;
  }
}

/** Bucket of a whole number of microseconds: the power of two above 2^11, then the ten bits after the leading one. */
function indexOf(us: number): number {
  const shift = Math.max(0, 31 - HALF_BITS - Math.clz32(us));
  return (shift << HALF_BITS) + (us >>> shift);
}

/** Smallest value of a bucket. */
function valueAt(index: number): number {
  const shift = Math.max(0, (index >>> HALF_BITS) - 1);
  return (index - (shift << HALF_BITS)) << shift;
}
