import { expect, test } from 'vitest';
import { enoughFor, mergeTimes } from './histogram.ts';
import { makeHistogram, seededRandom } from './testing/index.ts';

test('merged histograms hold all samples and lie between their parts', () => {
  const [fast, slow] = [makeHistogram(seededRandom(1), 2000, 2), makeHistogram(seededRandom(2), 2000, 20)];
  const [one, other, both] = [mergeTimes([fast]), mergeTimes([slow]), mergeTimes([fast, slow])];
  expect(both?.count).toBe(4000);
  expect(both!.quantileMs(0.5)).toBeGreaterThan(one!.quantileMs(0.5));
  expect(both!.quantileMs(0.5)).toBeLessThan(other!.quantileMs(0.5));
  expect(one!.quantileMs(0.5)).toBeGreaterThan(1.8);
  expect(one!.quantileMs(0.5)).toBeLessThan(2.2);
});

test('merging again gives the same', () => {
  const parts = [makeHistogram(seededRandom(1), 500, 2), makeHistogram(seededRandom(2), 500, 20)];
  expect(mergeTimes(parts)?.quantileMs(0.9)).toBe(mergeTimes(parts)?.quantileMs(0.9));
});

test.each([[[]], [['']], [['not a histogram']], [['AAAA']]])('what cannot be read is nothing: %j', (encoded) =>
  expect(mergeTimes(encoded)).toBeNull(),
);

test('p99 needs 1,000 samples, p99.9 needs 10,000', () => {
  expect([enoughFor(0.99, 999), enoughFor(0.99, 1000), enoughFor(0.999, 9999), enoughFor(0.999, 10_000)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});
