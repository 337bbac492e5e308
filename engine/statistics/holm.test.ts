import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holm } from './holm.ts';

it('gives the worked example of the method (0.01, 0.04, 0.03, 0.005)', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((expected, index) => expect(adjusted[index]).toBeCloseTo(expected, 12));
});

it('leaves what was not tested out of the count', () => {
  expect(holm([null, 0.04, null])).toEqual([null, 0.04, null]);
});

it('never lowers a p-value, keeps their order, and is at most Bonferroni', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (pValues) => {
      const adjusted = holm(pValues);
      for (const [i, p] of pValues.entries()) {
        const own = adjusted[i] ?? Number.NaN;
        expect(own).toBeGreaterThanOrEqual(p);
        expect(own).toBeLessThanOrEqual(Math.min(1, p * pValues.length) + 1e-12);
        for (const [j, q] of pValues.entries()) if (p < q) expect(own).toBeLessThanOrEqual(adjusted[j] ?? Number.NaN);
      }
    }),
  );
});
