import { describe, expect, it } from 'vitest';
import { boundsSupport, censoredPairs, openEnd } from './censored.ts';
import { exactDifference, exactLimits, unseenShare } from './exact-limits.ts';
import { noiseFloor } from './noise-floor.ts';
import { pairedEffect } from './paired-effect.ts';
import { smallestEffect } from './power.ts';
import { centre, change, forward, inverse, toEffect, toHalfWidth, type Scale } from './scale.ts';
import { signFlipPValue } from './sign-flip.ts';
import { steadyState } from './steady-state.ts';
import { geometricMean, median } from './summary.ts';

describe('smallestEffect', () => {
  // Published beside the protocol: spread 0.045, 0.10 and 0.20.
  it.each([
    [6, [6.6, 15, 33]],
    [10, [4.6, 10.5, 22]],
    [20, [3.0, 6.8, 14]],
  ])('%d blocks', (blocks, percents) => {
    for (const [index, spread] of [0.045, 0.1, 0.2].entries()) {
      const percent = 100 * Math.expm1(smallestEffect(blocks, spread));
      expect(Math.abs(percent - (percents[index] ?? Number.NaN))).toBeLessThan(0.05 * percent);
    }
  });
});

describe('signFlipPValue', () => {
  it('is 2 / 2^n when every change has one sign, so that six blocks are the first to pass 0.05', () => {
    expect(signFlipPValue([1, 2, 3, 4, 5])).toBe(2 / 32);
    expect(signFlipPValue([1, 2, 3, 4, 5, 6])).toBe(2 / 64);
  });
  it('counts by hand for three', () => {
    // Sums of +-1 +-2 +-4: 7 and -7, 5 and -5, ...; observed 5.
    expect(signFlipPValue([-1, 2, 4])).toBe(4 / 8);
  });
  it('refuses what would take for ever', () => {
    expect(() => signFlipPValue(Array.from({ length: 21 }, () => 1))).toThrow(RangeError);
  });
  it('tells about what the t test tells', () => {
    const changes = [0.1, 0.15, -0.02, 0.08, 0.12, 0.2, 0.05, 0.11, -0.01, 0.09];
    const t =
      pairedEffect(
        'difference',
        changes.map(() => 0),
        changes,
      )?.pValue ?? Number.NaN;
    expect(Math.abs(signFlipPValue(changes) - t)).toBeLessThan(0.01);
  });
});

describe('exact limits', () => {
  it('are those of Clopper and Pearson (10 of 100, and nothing of ten)', () => {
    const ten = exactLimits({ successes: 10, trials: 100 }, 0.05);
    expect(ten.low).toBeCloseTo(0.0490047, 6);
    expect(ten.high).toBeCloseTo(0.1762226, 6);
    expect(exactLimits({ successes: 0, trials: 10 }, 0.05).low).toBe(0);
    expect(exactLimits({ successes: 0, trials: 10 }, 0.05).high).toBeCloseTo(0.3084971, 6);
    expect(exactLimits({ successes: 0, trials: 0 }, 0.05)).toEqual({ low: 0, high: 1 });
  });
  it('of a difference hold both sides', () => {
    const { low, high } = exactDifference({ successes: 10, trials: 10 }, { successes: 10, trials: 10 }, 0.05);
    expect([low, high].map((limit) => Math.abs(limit))).toEqual([
      expect.closeTo(1 - 0.0125 ** 0.1, 6),
      expect.closeTo(1 - 0.0125 ** 0.1, 6),
    ]);
  });
  it('say what three deployments alike leave open', () => {
    expect(unseenShare(3, 0.05)).toBeCloseTo(0.6316, 4);
    expect(unseenShare(0, 0.05)).toBe(1);
  });
});

describe('noiseFloor', () => {
  it('is t(0.975, n) times the spread about zero over the root of the blocks', () => {
    const pairs = [1.02, 0.98, 1.01].map((second) => ({ first: 1, second }));
    const spread = Math.sqrt((Math.log(1.02) ** 2 + Math.log(0.98) ** 2 + Math.log(1.01) ** 2) / 3);
    expect(noiseFloor('ratio', pairs, 4)?.halfWidth).toBeCloseTo((3.1824463 * spread) / 2, 6);
    expect(noiseFloor('ratio', pairs, 4)?.pairs).toBe(3);
  });
  it('needs two pairs', () => {
    expect(noiseFloor('ratio', [{ first: 1, second: 1.1 }], 5)).toBeNull();
    expect(
      noiseFloor(
        'ratio',
        [
          { first: 1, second: null },
          { first: 1, second: 1 },
        ],
        5,
      ),
    ).toBeNull();
  });
});

describe('steadyState', () => {
  const level = Array.from({ length: 40 }, (_, index) => 10 + (index % 2));
  it('sees a start-up that ended, and a level series', () => {
    expect(steadyState(level)).toBe(true);
    expect(steadyState(level.map((value, index) => value + (index < 10 ? 20 - 2 * index : 0)))).toBe(true);
  });
  it('calls a series that keeps falling, or is too short, not steady', () => {
    expect(steadyState(Array.from({ length: 40 }, (_, index) => 100 - 2 * index))).toBe(false);
    expect(steadyState([1, 1, 1, 1, 1])).toBe(false);
  });
});

describe('censored values', () => {
  const at = (value: number) => ({ value, censored: false });
  const atLeast = (value: number) => ({ value, censored: true });
  it('lets bounds stand in, decides nothing over a pair of them, and never invents a value', () => {
    const pairs = censoredPairs([at(1), atLeast(9), null], [atLeast(9), atLeast(9), at(2)]);
    expect(pairs).toEqual({
      baseline: [1, 9, null],
      variant: [9, 9, 2],
      undecidable: 1,
      baselineBounded: 0,
      variantBounded: 1,
    });
    expect(openEnd(pairs)).toBe('both');
    for (const direction of ['rise', 'fall', 'same'] as const) expect(boundsSupport(pairs, direction)).toBe(false);
  });

  it('knows which end of an effect a bound leaves open', () => {
    const higher = censoredPairs([at(1), at(2)], [atLeast(9), at(3)]);
    expect([openEnd(higher), boundsSupport(higher, 'rise'), boundsSupport(higher, 'fall')]).toEqual([
      'high',
      true,
      false,
    ]);
    const lower = censoredPairs([atLeast(9), at(2)], [at(1), at(3)]);
    expect([openEnd(lower), boundsSupport(lower, 'rise'), boundsSupport(lower, 'fall')]).toEqual(['low', false, true]);
    expect(openEnd(censoredPairs([at(1)], [at(2)]))).toBeNull();
    expect(openEnd(censoredPairs([atLeast(9), at(2)], [at(1), atLeast(3)]))).toBe('both');
  });

  it('has nothing to compare where all pairs are bounds on both sides', () => {
    const pairs = censoredPairs([atLeast(9), atLeast(9), null], [atLeast(9), atLeast(9), at(1)]);
    expect(pairs).toMatchObject({ baseline: [null, null, null], variant: [null, null, null], undecidable: 2 });
  });
});

it('scales go there and back', () => {
  expect(toHalfWidth('ratio', Math.log1p(0.05), 1)).toBeCloseTo(0.05, 12);
  for (const scale of ['ratio', 'difference', 'share', 'count'] satisfies Scale[])
    for (const value of [0.1, 0.5, 0.9])
      expect(inverse(scale, forward(scale, value) ?? Number.NaN)).toBeCloseTo(value, 12);
  expect(centre('share', [1, 1, 1])).toBe(1);
  expect(centre('count', [0, 0])).toBe(0);
  expect(centre('ratio', [])).toBeNull();
  expect(toEffect('share', 5, 0.8)).toBeCloseTo(0.2, 12);
  expect(toEffect('count', -50, 12)).toBe(-12);
  expect(toEffect('difference', -50, 12)).toBe(-12);
  expect(change('ratio', 2, 4)).toBeCloseTo(Math.LN2, 12);
  expect(change('ratio', 0, 4)).toBeNull();
  expect(change('difference', 0, 4)).toBe(4);
  expect(geometricMean([1, 100])).toBeCloseTo(10, 9);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});
