import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../model/index.ts';
import { withinSlope } from './within-slope.ts';

const groupsOf = (slope: number, levels: readonly number[], noise: () => number = () => 0) =>
  levels.map((level, group) =>
    Array.from({ length: 8 }, (_, place) => {
      const x = (place % 4) / 10 + group;
      return { x, y: level + slope * x + noise() };
    }),
  );

describe('a slope within groups', () => {
  it('is found whatever the levels of the groups', () => {
    const level = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.array(level, { minLength: 2, maxLength: 6 }),
        (slope, levels) => {
          expect(withinSlope(groupsOf(slope, levels))?.slope).toBeCloseTo(slope, 9);
        },
      ),
    );
  });

  it('has an interval that holds the true one 95 times in a hundred', () => {
    const random = createRandom('slope', 1);
    const noise = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const [runs, truth] = [2000, 1.5];
    let held = 0;
    for (let run = 0; run < runs; run += 1) {
      const { interval } = withinSlope(groupsOf(truth, [3, 1, 2], noise)) ?? { interval: { low: 0, high: 0 } };
      if (interval.low <= truth && truth <= interval.high) held += 1;
    }
    expect(Math.abs(held / runs - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / runs));
  });

  it('is not there where x never changes within a group, or where too few points are left', () => {
    const still = [
      [
        { x: 1, y: 2 },
        { x: 1, y: 3 },
      ],
      Array.from({ length: 20 }, (_, y) => ({ x: 2, y })),
    ];
    expect(withinSlope(still)).toBeNull();
    expect(withinSlope([Array.from({ length: 9 }, (_, x) => ({ x, y: x }))])).toBeNull();
    expect(withinSlope([Array.from({ length: 10 }, (_, x) => ({ x, y: x }))])?.slope).toBeCloseTo(1, 9);
    expect(withinSlope([])).toBeNull();
  });
});
