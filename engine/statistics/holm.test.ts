import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holm } from './holm.ts';

const alpha = 0.05;
const adjusted = (pValues: (number | null)[]) => holm(pValues, alpha).map((one) => one.adjusted);
const levels = (pValues: (number | null)[]) => holm(pValues, alpha).map((one) => one.level);

it('gives the worked example of the method (0.01, 0.04, 0.03, 0.005)', () => {
  [0.03, 0.06, 0.06, 0.02].forEach((expected, index) =>
    expect(adjusted([0.01, 0.04, 0.03, 0.005])[index]).toBeCloseTo(expected, 12),
  );
});

it('tests step by step: the smallest at alpha / m, and all after the first that is not rejected at its level', () => {
  expect(levels([0.01, 0.04, 0.03, 0.005])).toEqual([0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4]);
  expect(levels([0.9, 0.8])).toEqual([0.025, 0.025]);
  expect(levels([0.001, 0.04])).toEqual([0.025, 0.05]);
});

it('tests what is equal at one level, wherever in the list it stands', () => {
  expect(levels([0.01, 0.9, 0.01])).toEqual([0.05 / 3, 0.05, 0.05 / 3]);
  expect(levels([0.9, 0.01, 0.001, 0.01])).toEqual([0.05, 0.05 / 3, 0.05 / 4, 0.05 / 3]);
});

it('leaves what was not tested out of the count', () => {
  expect(holm([null, 0.04, null], alpha)).toEqual([
    { adjusted: null, level: null },
    { adjusted: 0.04, level: 0.05 },
    { adjusted: null, level: null },
  ]);
});

const some = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

it('never lowers a p-value, keeps their order, and is at most Bonferroni', () => {
  fc.assert(
    fc.property(some, (pValues) => {
      const found = adjusted(pValues);
      for (const [i, p] of pValues.entries()) {
        const own = found[i] ?? Number.NaN;
        expect(own).toBeGreaterThanOrEqual(p);
        expect(own).toBeLessThanOrEqual(Math.min(1, p * pValues.length) + 1e-12);
        for (const [j, q] of pValues.entries()) if (p < q) expect(own).toBeLessThanOrEqual(found[j] ?? Number.NaN);
      }
    }),
  );
});

it('rejects a finding exactly when its plain p-value lies below its level, so that verdict and interval agree', () => {
  fc.assert(
    fc.property(some, (pValues) => {
      for (const [index, { adjusted: own, level }] of holm(pValues, alpha).entries())
        expect((own ?? 1) < alpha).toBe((pValues[index] ?? 1) < (level ?? 0));
    }),
  );
});
