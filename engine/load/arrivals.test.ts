import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalTimes, journeyChoices, planDurationMs, type ArrivalPlan } from './arrivals.ts';

const stages = fc.array(
  fc.record({
    journeysPerSecond: fc.double({ min: 0.5, max: 5000, noNaN: true }),
    durationMs: fc.integer({ min: 1, max: 2000 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const plans = fc.record({ stages, arrivals: fc.constantFrom('poisson' as const, 'constant' as const), seed: fc.nat() });

function all(plan: ArrivalPlan): number[] {
  const next = arrivalTimes(plan);
  const times: number[] = [];
  for (let at = next(); Number.isFinite(at); at = next()) times.push(at);
  return times;
}

test('arrivals are ever later, within the plan, and end for good', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const times = all(plan);
      expect(times.every((at, index) => at > (times[index - 1] ?? -1) && at < planDurationMs(plan))).toBe(true);
      const next = arrivalTimes(plan);
      for (let index = 0; index <= times.length; index++) next();
      expect(next()).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('the same plan gives exactly the same arrivals; another seed others', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(all(plan)).toEqual(all(structuredClone(plan)));
      const times = all({ ...plan, arrivals: 'poisson' });
      if (times.length > 0) expect(all({ ...plan, arrivals: 'poisson', seed: plan.seed + 1 })).not.toEqual(times);
    }),
  );
});

test('the count of arrivals follows the rates, stage by stage', () => {
  const plan: ArrivalPlan = {
    arrivals: 'poisson',
    seed: 9,
    stages: [
      { journeysPerSecond: 2000, durationMs: 10_000 },
      { journeysPerSecond: 200, durationMs: 10_000 },
      { journeysPerSecond: 1000, durationMs: 10_000 },
    ],
  };
  const times = all(plan);
  const inStage = [0, 1, 2].map((stage) => times.filter((at) => Math.floor(at / 10_000) === stage).length);
  // Five standard deviations of a Poisson count.
  for (const [stage, expected] of [20_000, 2000, 10_000].entries()) {
    expect(Math.abs((inStage[stage] ?? 0) - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
});

test('Poisson gaps are exponential: Kolmogorov and Smirnov against 1 - exp(-rate t)', () => {
  const times = all({ arrivals: 'poisson', seed: 4, stages: [{ journeysPerSecond: 1000, durationMs: 20_000 }] });
  const gaps = times.map((at, index) => at - (times[index - 1] ?? 0)).sort((a, b) => a - b);
  const distance = Math.max(...gaps.map((gap, index) => Math.abs((index + 0.5) / gaps.length - (1 - Math.exp(-gap)))));
  expect(distance * Math.sqrt(gaps.length)).toBeLessThan(1.95);
});

test('constant arrivals: rate times duration of them, evenly spaced', () => {
  const times = all({ arrivals: 'constant', seed: 1, stages: [{ journeysPerSecond: 500, durationMs: 3000 }] });
  expect(times).toHaveLength(1500);
  expect(times[0]).toBeCloseTo(1, 9);
  expect(times[1499]).toBeCloseTo(2999, 6);
});

test('evenly spaced arrivals spread the journeys evenly, too; those of a Poisson process are drawn', () => {
  const chosen = (arrivals: ArrivalPlan['arrivals'], seed: number): number[] => {
    const next = journeyChoices({ arrivals, seed, stages: [] });
    return Array.from({ length: 400 }, next);
  };
  const excess = (draws: readonly number[], low: number, high: number): number =>
    Math.abs(draws.filter((at) => at >= low && at < high).length - draws.length * (high - low));
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      fc.integer({ min: 1, max: 380 }),
      (seed, low, share, length) => {
        const draws = chosen('constant', seed);
        expect(draws).toEqual(chosen('constant', seed));
        // Wherever one begins to count: what three gaps of such a sequence allow (Sos 1958), far below the root of a Poisson count.
        expect(excess(draws.slice(20, 20 + length), low, low + share)).toBeLessThan(4);
      },
    ),
  );
  const drawn = Array.from({ length: 200 }, (_, seed) => excess(chosen('poisson', seed), 0.2, 0.5));
  expect(Math.max(...drawn)).toBeGreaterThan(15);
  expect(chosen('constant', 1)).not.toEqual(chosen('constant', 2));
});
