import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addCounts,
  decodeHistogram,
  emptyCounts,
  encodeHistogram,
  maxMs,
  mergeHistograms,
  newHistogram,
  percentile,
  quantileMs,
  recordMs,
  samplesNeeded,
} from './histogram.ts';

const times = fc.array(fc.double({ min: 0, max: 59_999, noNaN: true }), { minLength: 1, maxLength: 200 });

function histogramOf(values: readonly number[]) {
  const histogram = newHistogram();
  for (const value of values) recordMs(histogram, value);
  return histogram;
}

test('quantiles are within 0.1 % or 1 us of the sorted values', () => {
  fc.assert(
    fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, q) => {
      const sorted = [...values].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(q * sorted.length - 1e-9) - 1)] ?? 0;
      const measured = quantileMs(histogramOf(values), q) ?? Number.NaN;
      expect(Math.abs(measured - exact)).toBeLessThanOrEqual(Math.max(0.001, exact * 0.001) + 1e-9);
    }),
  );
});

test('encoding and merging lose nothing: the merge of parts equals the whole', () => {
  fc.assert(
    fc.property(times, times, (first, second) => {
      const merged = mergeHistograms([encodeHistogram(histogramOf(first)), histogramOf(second)]);
      const whole = histogramOf([...first, ...second]);
      expect(merged.totalCount).toBe(whole.totalCount);
      for (const q of [0, 0.5, 0.9, 0.99, 1]) expect(quantileMs(merged, q)).toBe(quantileMs(whole, q));
      expect(encodeHistogram(merged)).toBe(encodeHistogram(whole));
    }),
    { numRuns: 40 },
  );
});

test('an empty histogram survives its encoding and has no quantiles', () => {
  const copy = decodeHistogram(encodeHistogram(newHistogram()));
  expect([copy.totalCount, quantileMs(copy, 0.5), maxMs(copy)]).toEqual([0, null, null]);
});

test('times beyond the ends count at the ends', () => {
  const histogram = histogramOf([-3, 0, 61_000, 1e9]);
  expect(histogram.totalCount).toBe(4);
  expect(quantileMs(histogram, 0.5)).toBe(0);
  expect(maxMs(histogram)).toBeCloseTo(60_000, 0);
});

test('text that is no histogram is refused in one sentence', () => {
  expect(() => decodeHistogram('bm9wZQ==')).toThrow('This is not an encoded histogram');
  expect(() => decodeHistogram('%%')).toThrow('This is not an encoded histogram');
});

test('ten samples must lie above a percentile', () => {
  expect([0.5, 0.9, 0.95, 0.99, 0.999].map(samplesNeeded)).toEqual([20, 100, 200, 1000, 10_000]);
  const histogram = histogramOf(new Array<number>(999).fill(5));
  expect(percentile(histogram, { ...emptyCounts(), scheduled: 999, good: 999 }, 0.99)).toEqual({
    kind: 'tooFew',
    needed: 1000,
  });
});

test('a percentile that failures could reach is only a lower bound', () => {
  const histogram = histogramOf([...new Array<number>(990).fill(5), ...new Array<number>(10).fill(1000)]);
  const counts = addCounts(
    { ...emptyCounts(), scheduled: 990, good: 990 },
    { ...emptyCounts(), scheduled: 10, errors: { ...emptyCounts().errors, timeout: 10 } },
  );
  expect(percentile(histogram, counts, 0.95)).toMatchObject({ kind: 'value' });
  expect(percentile(histogram, counts, 0.99)).toMatchObject({ kind: 'atLeast' });
  expect(percentile(histogram, { ...counts, errors: { ...counts.errors, timeout: 9 } }, 0.99)).toMatchObject({
    kind: 'value',
  });
});
