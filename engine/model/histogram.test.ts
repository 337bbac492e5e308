import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addCounts,
  decodeTimes,
  decodeHistogram,
  emptyCounts,
  encodeHistogram,
  maxMs,
  mergeHistograms,
  mergeTimes,
  newHistogram,
  percentile,
  quantileMs,
  rankedQuantile,
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
  const times = { answers: histogram, failures: newHistogram() };
  expect(percentile(times, { ...emptyCounts(), scheduled: 999, good: 999 }, 0.99)).toEqual({
    kind: 'tooFew',
    needed: 1000,
  });
});

test('a percentile that failures could reach is only a lower bound', () => {
  const times = (failed: number) => ({
    answers: histogramOf(new Array<number>(1000 - failed).fill(5)),
    failures: histogramOf(new Array<number>(failed).fill(1000)),
  });
  const counts = { ...emptyCounts(), scheduled: 1000 };
  expect(percentile(times(10), counts, 0.95)).toMatchObject({ kind: 'value', ms: expect.closeTo(5, 1) as number });
  expect(percentile(times(11), counts, 0.99)).toMatchObject({
    kind: 'atLeast',
    ms: expect.closeTo(1000, -1) as number,
  });
  expect(percentile(times(9), counts, 0.99)).toMatchObject({ kind: 'value' });
});

test('instant refusals never make a percentile smaller', () => {
  const answers = Array.from({ length: 1000 }, (_, index) => 1 + index / 10);
  const p95 = (refused: number) =>
    rankedQuantile(
      { answers: histogramOf(answers), failures: histogramOf(new Array<number>(refused).fill(0.3)) },
      0.95,
    );
  const whole = p95(0);
  expect(whole).toMatchObject({ atLeast: false });
  // As it was seen: 4 % of refusals at their age of a fraction of a ms put p95 below that of the answers.
  expect(p95(40)?.ms).toBeGreaterThan(whole?.ms ?? Infinity);
  expect(p95(100)).toEqual({ ms: expect.closeTo(100.9, 0) as number, atLeast: true });
});

test('ranking agrees with sorting, answers first', () => {
  const times = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      times,
      fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 60 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (answers, failures, q) => {
        const found = rankedQuantile({ answers: histogramOf(answers), failures: histogramOf(failures) }, q);
        const sorted = [...answers.toSorted((a, b) => a - b), ...failures.toSorted((a, b) => a - b)];
        const rank = Math.min(sorted.length, Math.max(1, Math.floor(q * sorted.length + 0.5)));
        const expected = rank <= answers.length ? sorted[rank - 1]! : Math.max(sorted[rank - 1]!, ...answers);
        expect(Math.abs((found?.ms ?? 0) - expected)).toBeLessThanOrEqual(0.002 * expected);
        expect(found?.atLeast).toBe(rank > answers.length);
      },
    ),
  );
});

test('version 1 kept failures among the answers, and is read as it was', () => {
  const histogram = histogramOf([...new Array<number>(990).fill(5), ...new Array<number>(10).fill(1000)]);
  const counts = addCounts(
    { ...emptyCounts(), scheduled: 990, good: 990 },
    { ...emptyCounts(), scheduled: 10, errors: { ...emptyCounts().errors, timeout: 10 } },
  );
  expect(percentile({ answers: histogram, failures: null }, counts, 0.95)).toMatchObject({ kind: 'value' });
  expect(percentile({ answers: histogram, failures: null }, counts, 0.99)).toMatchObject({ kind: 'atLeast' });
});

test('what nothing was recorded in adds nothing, wherever it stands, and is left as it was', () => {
  const empty = { responseTime: '', failureAge: '' };
  const some = { responseTime: encodeHistogram(histogramOf([1, 2, 300])), failureAge: '' };
  const whole = mergeTimes([empty, some, empty].map((endpoint) => decodeTimes(endpoint)));
  expect(encodeHistogram(whole.answers)).toBe(some.responseTime);
  expect(whole.failures?.totalCount).toBe(0);
  const nothing = mergeTimes([decodeTimes(empty), decodeTimes({ ...empty, failureAge: null })]);
  expect([nothing.answers.totalCount, nothing.failures]).toEqual([0, null]);
});

test('a quantile is that of the sorted requests, failures last, whatever their numbers', () => {
  const distinct = (count: number, fromMs: number) => Array.from({ length: count }, (_, place) => fromMs + place * 4);
  for (let answered = 1; answered <= 40; answered += 1)
    for (let failed = 0; failed <= 40; failed += 1)
      for (const q of [0.5, 0.9, 0.95]) {
        const [answers, failures] = [distinct(answered, 4), distinct(failed, 500)];
        const rank = Math.max(1, Math.floor(q * (answered + failed) + 0.5));
        const expected = [...answers, ...failures][rank - 1] ?? 0;
        const found = rankedQuantile({ answers: histogramOf(answers), failures: histogramOf(failures) }, q);
        // A neighbour is 4 ms away, what a histogram loses is less than one.
        expect([answered, failed, q, Math.abs((found?.ms ?? 0) - expected) < 1]).toEqual([answered, failed, q, true]);
      }
});
