import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherMidP } from './exact-test.ts';

const count = (successes: number, trials: number) => ({ successes, trials });

describe('fisherMidP', () => {
  it('is 9 of 70 for the lady who told three of four cups (Fisher 1935; p 17 of 70, mid-p one half of 16 less)', () => {
    expect(fisherMidP(count(3, 4), count(1, 4))).toBeCloseTo(9 / 70, 10);
    expect(fisherMidP(count(4, 4), count(0, 4))).toBeCloseTo(1 / 140, 10);
  });

  it('is an even chance where every split is as likely, and tells nothing without trials', () => {
    expect(fisherMidP(count(0, 5), count(0, 7))).toBeCloseTo(0.5, 10);
    expect(fisherMidP(count(5, 5), count(7, 7))).toBeCloseTo(0.5, 10);
    expect(fisherMidP(count(3, 3), count(0, 0))).toBe(1);
    expect(fisherMidP(count(0, 0), count(0, 3))).toBe(1);
  });

  it('and its mirror image add up to one', () => {
    const some = fc
      .integer({ min: 1, max: 200 })
      .chain((trials) => fc.integer({ min: 0, max: trials }).map((successes) => count(successes, trials)));
    fc.assert(
      fc.property(some, some, (first, second) => {
        expect(fisherMidP(first, second) + fisherMidP(second, first)).toBeCloseTo(1, 6);
      }),
    );
  });
});
