import { describe, expect, it } from 'vitest';
import type { LineSlice } from '../../model/index.ts';
import { metAgainMs } from './elastic.ts';

const objective = { p95Ms: 100, availability: 0.9 };

/** Seconds from the step on, each with so many good answers of ten, all that slow. */
const seconds = (...each: [good: number, ms: number][]): LineSlice[] =>
  each.map(([good, ms], index) => ({
    ...{ startMs: 5000 + index * 1000, lengthMs: 1000, withheldMs: 0 },
    endpoints: {
      home: {
        ...{ scheduled: 10, good, notReached: 0, errors: {} },
        answersMs: Array.from({ length: good }, () => ms),
        failuresMs: Array.from({ length: 10 - good }, () => 1000),
      },
    },
  }));

const well: [number, number] = [10, 20];
const slow: [number, number] = [10, 300];
const lost: [number, number] = [5, 20];

describe('when twice the load is served', () => {
  it('is at once where the objective is never missed', () => {
    expect(metAgainMs(seconds(well, well, well, well), objective, 5000)).toBe(0);
  });

  it('is from the first three seconds on that meet it, once it was missed', () => {
    expect(metAgainMs(seconds(well, slow, lost, well, well, well, well), objective, 5000)).toBe(3000);
    expect(metAgainMs(seconds(slow, well, lost, well, well, well), objective, 5000)).toBe(3000);
  });

  it('is not known where it is not met again for three seconds', () => {
    expect(metAgainMs(seconds(well, slow, slow, well, well), objective, 5000)).toBeNull();
    expect(metAgainMs(seconds(slow), objective, 5000)).toBeNull();
  });
});
