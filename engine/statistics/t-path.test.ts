import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, minimumBlocks } from '../model/index.ts';
import { below, borderOf, chanceBeyond, everyPath, levelOf, oneBlockMore, type Kept } from './t-path.ts';

const blocksLater = (kept: Kept, count: number): Kept =>
  count === 0 ? kept : blocksLater(oneBlockMore(kept), count - 1);

/** Share of drawn paths of t that stay below the borders at 3 and 4 blocks and are beyond the last at 6, borders as |t|. */
function drawn(borders: readonly [number, number, number], paths: number): number {
  const random = createRandom('paths of t', 1);
  let found = 0;
  for (let path = 0; path < paths; path += 1) {
    let [sum, squares, isKept] = [0, 0, true];
    for (let block = 1; block <= 6 && isKept; block += 1) {
      const value = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
      [sum, squares] = [sum + value, squares + value * value];
      const t = Math.abs(sum) / Math.sqrt((block * (squares - (sum * sum) / block)) / (block - 1));
      if (block === 3) isKept = t < borders[0];
      if (block === 4) isKept = t < borders[1];
      if (block === 6 && t > borders[2]) found += 1;
    }
  }
  return found / paths;
}

const angleOf = (t: number, blocks: number): number => Math.atan(t / Math.sqrt(blocks - 1));

describe('the path of t', () => {
  it('loses nothing where nothing is taken out', () => {
    for (const blocks of [2, 3, 7])
      for (const share of blocksLater(everyPath(blocks), 6).shares) expect(share).toBeCloseTo(1, 6);
  });

  it('has the tails of Student at every number of blocks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.double({ min: 1e-7, max: 0.9, noNaN: true }),
        (blocks, chance) => {
          const kept = everyPath(blocks);
          expect(levelOf(kept, borderOf(kept, chance)) / chance).toBeCloseTo(1, 5);
        },
      ),
    );
  });

  it('is what drawn paths do, with borders on the way', () => {
    const borders = [4, 3, 2.5] as const;
    const three = below(everyPath(3), angleOf(borders[0], 3));
    const four = below(oneBlockMore(three), angleOf(borders[1], 4));
    const chance = chanceBeyond(blocksLater(four, 2), angleOf(borders[2], 6));
    const paths = 200_000;
    expect(Math.abs(drawn(borders, paths) - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / paths));
  });

  it('has all of its paths either taken out or kept, whatever is taken out when', () => {
    const looks = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 3 }), chance: fc.double({ min: 1e-6, max: 0.2, noNaN: true }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.integer({ min: minimumBlocks, max: 5 }), looks, (first, plan) => {
        let [kept, takenOut] = [everyPath(first), 0];
        for (const { wait, chance } of plan) {
          kept = blocksLater(kept, wait);
          const border = borderOf(kept, chance);
          takenOut += chanceBeyond(kept, border);
          kept = below(kept, border);
        }
        expect(takenOut + chanceBeyond(kept, 0)).toBeCloseTo(1, 5);
      }),
      { numRuns: 100 },
    );
  });
});
