import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../model/index.ts';
import { rankCorrelation } from './index.ts';

type Pair = [number, number];
const of = (pairs: readonly Pair[]) => rankCorrelation(pairs, createRandom('test'));
const pairsOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 20 });

it('is 1 where both rise together, however unevenly, and -1 where one falls', () => {
  const rising = [1, 2, 3, 4, 5].map((x): Pair => [x, x ** 3]);
  expect(of(rising)).toEqual({ n: 5, rho: 1, interval: { low: 1, high: 1 } });
  expect(of(rising.map(([x, y]): Pair => [x, -y])).rho).toBe(-1);
});

it('of the ten pairs of the usual example is -29/165, and ties have the mean of their ranks', () => {
  const pairs: Pair[] = [
    [86, 2],
    [97, 20],
    [99, 28],
    [100, 27],
    [101, 50],
    [103, 29],
    [106, 7],
    [110, 17],
    [112, 6],
    [113, 12],
  ];
  expect(of(pairs).rho).toBeCloseTo(-29 / 165, 10);
  const tied: Pair[] = [
    [1, 1],
    [1, 2],
    [2, 3],
  ];
  expect(of(tied).rho).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 10);
});

it('is not told of fewer than three, or where a side never varies', () => {
  expect(of([])).toEqual({ n: 0, rho: null, interval: null });
  expect(
    of([
      [1, 2],
      [2, 3],
    ]).rho,
  ).toBeNull();
  expect(
    of([
      [1, 2],
      [1, 3],
      [1, 4],
    ]).rho,
  ).toBeNull();
  expect(
    of([
      [1, 5],
      [2, 5],
      [3, 5],
    ]).rho,
  ).toBeNull();
});

it('lies between -1 and 1, as its interval, and is the same the other way round and for the same stream', () => {
  fc.assert(
    fc.property(pairsOf, (pairs) => {
      const { n, rho, interval } = of(pairs);
      expect(n).toBe(pairs.length);
      expect(of(pairs)).toEqual({ n, rho, interval });
      if (rho === null || interval === null) return;
      expect([-1 <= interval.low, interval.low <= interval.high, interval.high <= 1]).toEqual([true, true, true]);
      expect(of(pairs.map(([x, y]): Pair => [y, x])).rho).toBeCloseTo(rho, 10);
      // Ranks are all that counts.
      expect(of(pairs.map(([x, y]): Pair => [Math.exp(x), 3 * y + 1])).rho).toBeCloseTo(rho, 10);
    }),
    { numRuns: 30 },
  );
});

it('has a narrower interval the more pairs there are', () => {
  const random = createRandom('pairs');
  const width = (n: number): number => {
    const { interval } = of(Array.from({ length: n }, (_, x): Pair => [x, x + 20 * random.next()]));
    return interval === null ? Infinity : interval.high - interval.low;
  };
  expect(width(200)).toBeLessThan(width(12));
});
