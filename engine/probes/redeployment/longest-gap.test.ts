import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LineSlice } from '../../model/index.ts';
import { longestGapMs } from './longest-gap.ts';

/** One slice a pair: asked and good of one endpoint. */
const slices = (counts: readonly (readonly [scheduled: number, good: number])[]): LineSlice[] =>
  counts.map(([scheduled, good], index) => ({
    ...{ startMs: 1000 + index * 250, lengthMs: 250, withheldMs: 0 },
    endpoints: { home: { scheduled, good, notReached: 0, errors: {}, answersMs: [], failuresMs: [] } },
  }));

it.each([
  [[], 0],
  [[[5, 5]], 0],
  [[[5, 1]], 0],
  [[[5, 0]], 250],
  [
    [
      [5, 0],
      [0, 0],
      [1, 0],
      [0, 0],
      [2, 2],
      [3, 0],
    ],
    750,
  ],
] as [[number, number][], number][])('of %j is %d ms', (counts, gapMs) => {
  expect(longestGapMs(slices(counts))).toBe(gapMs);
});

it('is never longer than the load, and none where every slice has a good answer', () => {
  const count = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]) => [a + b, b] as const);
  fc.assert(
    fc.property(fc.array(count, { maxLength: 30 }), (counts) => {
      const gapMs = longestGapMs(slices(counts));
      expect(gapMs).toBeLessThanOrEqual(counts.length * 250);
      if (counts.every(([, good]) => good > 0)) expect(gapMs).toBe(0);
    }),
  );
});
