import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeHistogram, newHistogram, recordMs } from '../model/index.ts';
import { TimeCounts } from './time-counts.ts';

test('they are the counts of the library’s histogram, bucket by bucket', () => {
  const anyTime = fc.oneof(
    fc.double({ min: -1, max: 70_000, noNaN: true }),
    fc.double({ min: 0, max: 5, noNaN: true }),
    fc.nat({ max: 27 }).chain((power) => fc.integer({ min: -2, max: 2 }).map((offset) => (2 ** power + offset) / 1000)),
  );
  fc.assert(
    fc.property(fc.array(anyTime, { maxLength: 100 }), (times) => {
      const counts = new TimeCounts();
      const histogram = newHistogram();
      for (const ms of times) {
        counts.record(ms);
        recordMs(histogram, ms);
      }
      expect(counts.total).toBe(times.length);
      const converted = counts.toHistogram();
      expect(encodeHistogram(converted)).toBe(encodeHistogram(histogram));
      for (const percent of [0, 50, 99, 100]) {
        expect(converted.getValueAtPercentile(percent)).toBe(histogram.getValueAtPercentile(percent));
      }
      counts.reset();
      expect(encodeHistogram(counts.toHistogram())).toBe(encodeHistogram(newHistogram()));
    }),
  );
});
