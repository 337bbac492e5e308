import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, familyAlpha, looksUpTo } from '../model/index.ts';
import { lookLevels, looksOf } from './looks.ts';
import { studentTTwoSided } from './student-t.ts';

const plan = looksUpTo(12);

/** Share of paths of nothing on which some look finds something, paths drawn apart from those of the levels. */
function falseFindings(looks: typeof plan, alpha: number, runs: number): number {
  const random = createRandom('other paths', looks.length);
  const levels = looks.map((_, index) => lookLevels(looks.slice(0, index + 1)).t(alpha));
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    let [sum, squares, look] = [0, 0, 0];
    for (let block = 1; block <= (looks.at(-1)?.blocks ?? 0); block += 1) {
      const value = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
      [sum, squares] = [sum + value, squares + value * value];
      if (block !== looks[look]?.blocks) continue;
      const t = sum / block / Math.sqrt((squares - (sum * sum) / block) / (block - 1) / block);
      if (studentTTwoSided(t, block - 1) < (levels[look] ?? 0)) {
        found += 1;
        break;
      }
      look += 1;
    }
  }
  return found / runs;
}

describe('levels of planned looks', () => {
  it('without looks, and at one look that spends all, are the chance itself', () => {
    for (const looks of [[], [{ blocks: 5, alphaSpent: familyAlpha }]])
      for (const alpha of [0.05, 0.01]) {
        expect(lookLevels(looks).t(alpha)).toBeCloseTo(alpha, 12);
        expect(lookLevels(looks).exact(alpha)).toBeCloseTo(alpha, 12);
        expect(lookLevels(looks).overall(alpha)).toBeCloseTo(alpha, 12);
      }
  });

  it('are there for a plan that looks at one block too, as a file may say: what that look spent found nothing', () => {
    for (const looks of [[{ blocks: 1, alphaSpent: 0.01 }, ...plan.slice(0, 2)], [{ blocks: 1, alphaSpent: 0.01 }]]) {
      const { t, exact } = lookLevels(looks);
      for (const level of [t(0.05), exact(0.05)]) {
        expect(level).toBeGreaterThan(0);
        expect(level).toBeLessThan(0.05);
      }
    }
  });

  it('at the first look are what it may spend', () => {
    expect(lookLevels(plan.slice(0, 1)).t(0.05)).toBeCloseTo(0.025, 12);
    expect(lookLevels(plan.slice(0, 1)).overall(0.025)).toBeCloseTo(0.05, 12);
  });

  it('hold the chance over all looks, on paths that they were not made from, and waste little of it', () => {
    for (const alpha of [0.05, 0.0125]) {
      const runs = 60_000;
      const found = falseFindings(plan, alpha, runs);
      const chance = 3 * Math.sqrt((alpha * (1 - alpha)) / runs);
      expect(found).toBeLessThan(alpha + chance);
      expect(found).toBeGreaterThan(alpha - chance);
    }
  }, 60_000);

  it('rise with the chance, stay below it, and are undone by `overall`', () => {
    const levels = lookLevels(plan.slice(0, 5));
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 0.2, noNaN: true }), (alpha) => {
        expect(levels.t(alpha)).toBeLessThan(alpha);
        expect(levels.t(alpha * 1.01)).toBeGreaterThan(levels.t(alpha));
        expect(levels.overall(levels.t(alpha)) / alpha).toBeCloseTo(1, 6);
        expect(levels.exact(alpha)).toBeLessThan(levels.t(alpha));
      }),
    );
  });

  it('spend half at three deployments and all of it at the last', () => {
    expect(plan.map(({ blocks }) => blocks)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([plan[0]?.alphaSpent, plan.at(-1)?.alphaSpent]).toEqual([familyAlpha / 2, familyAlpha]);
    expect(looksUpTo(3)).toEqual([{ blocks: 3, alphaSpent: familyAlpha }]);
    expect(looksUpTo(2)).toEqual([{ blocks: 2, alphaSpent: familyAlpha }]);
  });
});

describe('the looks of a finding that lacks values', () => {
  const plan = looksUpTo(6);
  const spent = (blocks: number) => plan.find((look) => look.blocks === blocks)?.alphaSpent;
  const seen = (has: string, until = has.length) =>
    looksOf(
      plan.filter(({ blocks }) => blocks <= until),
      has.split('').map((one) => one === 'x'),
    );

  it('are those of the run where nothing is missing', () => {
    for (const until of [3, 4, 5, 6]) expect(seen('xxxxxx', until)).toEqual(plan.slice(0, until - 2));
  });

  it('begin where it has three, with all that could have been spent until then', () => {
    expect(seen('x-xx')).toEqual([{ blocks: 3, alphaSpent: spent(4) }]);
    expect(seen('-x-xx')).toEqual([{ blocks: 3, alphaSpent: spent(5) }]);
  });

  it('pass by one that brought nothing new, and have its chance at the next', () => {
    expect(seen('xxx-')).toEqual([{ blocks: 3, alphaSpent: spent(3) }]);
    expect(seen('xxx-x')).toEqual([
      { blocks: 3, alphaSpent: spent(3) },
      { blocks: 4, alphaSpent: spent(5) },
    ]);
  });

  it('are the last of the run as long as it has too few', () => {
    expect(seen('xx--')).toEqual([plan[1]]);
    expect(seen('------')).toEqual([plan[3]]);
    expect(looksOf([], [true, true, true])).toEqual([]);
  });
});
