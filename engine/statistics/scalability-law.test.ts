import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../model/index.ts';
import { fitScalabilityLaw, lawAt, type ScalingPoint } from './scalability-law.ts';

const throughput = (n: number, one: number, sigma: number, kappa: number): number =>
  (one * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));

/** Deployments of different levels, each measured at every count. */
const curve = (
  { counts, sigma, kappa }: { counts: readonly number[]; sigma: number; kappa: number },
  levels: readonly number[],
  noise: () => number = () => 0,
): ScalingPoint[] =>
  levels.flatMap((one, index) =>
    counts.map((instances) => ({
      ...{ group: `block ${index}`, instances },
      throughput: throughput(instances, one, sigma, kappa) * Math.exp(noise()),
    })),
  );

const coefficients = {
  sigma: fc.double({ min: 0, max: 0.9, noNaN: true }),
  kappa: fc.double({ min: 0, max: 0.2, noNaN: true }),
};

describe('the universal scalability law', () => {
  it('is found again where points lie on it, whatever the level of each deployment', () => {
    fc.assert(
      fc.property(
        fc.record(coefficients),
        fc.array(fc.double({ min: 1, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 4 }),
        ({ sigma, kappa }, levels) => {
          const fit = fitScalabilityLaw(curve({ counts: [1, 2, 3, 4, 6], sigma, kappa }, levels));
          expect(fit?.sigma.value).toBeCloseTo(sigma, 2);
          expect(fit?.kappa.value).toBeCloseTo(kappa, 2);
          expect(fit?.poor).toBe(false);
          for (const n of [1, 2.5, 6])
            expect(Math.log((fit === null ? null : lawAt(fit, n)) ?? 0)).toBeCloseTo(
              Math.log(throughput(n, 1, sigma, kappa)) +
                levels.reduce((sum, one) => sum + Math.log(one), 0) / levels.length,
              2,
            );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('has coefficients and intervals within what is possible, each within its interval', () => {
    const counts = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(
        counts,
        fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 15, maxLength: 15 }),
        (ns, values) => {
          const points = ns.flatMap((instances, index) =>
            [0, 1, 2].map((block) => ({ group: `${block}`, instances, throughput: values[index * 3 + block] ?? 1 })),
          );
          const fit = fitScalabilityLaw(points);
          for (const one of [fit?.sigma, fit?.kappa]) {
            expect(one?.value).toBeGreaterThanOrEqual(0);
            expect(one?.value).toBeLessThanOrEqual(1);
            expect(one?.interval?.low).toBeLessThanOrEqual(one?.value ?? NaN);
            expect(one?.interval?.high).toBeGreaterThanOrEqual(one?.value ?? NaN);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('holds the truth in its intervals about as often as they say', () => {
    const random = createRandom(20_260, 'law');
    const noise = (): number => 0.05 * (random.next() + random.next() + random.next() - 1.5) * 2;
    let held = 0;
    const times = 40;
    for (let time = 0; time < times; time += 1) {
      const fit = fitScalabilityLaw(curve({ counts: [1, 2, 3, 4], sigma: 0.3, kappa: 0.02 }, [90, 100, 110], noise));
      const { low = 1, high = 0 } = fit?.sigma.interval ?? {};
      if (low <= 0.3 && 0.3 <= high) held += 1;
    }
    expect(held / times).toBeGreaterThanOrEqual(0.85);
  });

  it('has the level that deployments have on average, however many points each of them gave', () => {
    const law = { sigma: 0.1, kappa: 0.01 };
    const fit = fitScalabilityLaw([
      ...curve({ ...law, counts: [1, 2, 3, 4] }, [10]),
      ...curve({ ...law, counts: [2] }, [1000]).map((point) => ({ ...point, group: 'another' })),
    ]);
    expect(fit?.one).toBeCloseTo(100, 0);
  });

  it('is not fitted to fewer than three counts, has no error where nothing is left for it, and is never extrapolated', () => {
    expect(fitScalabilityLaw([])).toBeNull();
    expect(fitScalabilityLaw(curve({ counts: [1, 2], sigma: 0.1, kappa: 0 }, [10, 20, 30]))).toBeNull();
    const exact = fitScalabilityLaw(curve({ counts: [1, 2, 3], sigma: 0.1, kappa: 0.01 }, [10]));
    expect(exact).toMatchObject({ deviation: null, poor: false, sigma: { interval: null } });
    expect(exact && [lawAt(exact, 0.5), lawAt(exact, 3.01)]).toEqual([null, null]);
  });

  it('says that it fits poorly', () => {
    const zigzag = [10, 40, 12, 50].map((value, index) => ({ group: 'a', instances: index + 1, throughput: value }));
    expect(fitScalabilityLaw(zigzag)?.poor).toBe(true);
  });

  it('refuses what is no point', () => {
    const point = { group: 'a', instances: 1, throughput: 1 };
    for (const wrong of [{ throughput: 0 }, { throughput: NaN }, { throughput: Infinity }, { instances: 0 }])
      expect(() => fitScalabilityLaw([{ ...point, ...wrong }])).toThrow(RangeError);
  });
});
