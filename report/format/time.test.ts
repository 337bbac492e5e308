import { describe, expect, it } from 'vitest';
import { formatEstimate, formatRough } from './time.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('how long something will take', () => {
  it('is said in round steps', () => {
    expect([3000, 38_000, 61_000, 3_600_000, 4_800_000].map((ms) => plain(formatRough(ms)))).toEqual([
      '5 s',
      '40 s',
      '2 min',
      '1 h',
      '1 h 20 min',
    ]);
    for (const ms of [Number.NaN, -1, Number.POSITIVE_INFINITY]) expect(formatRough(ms)).toBe('–');
  });

  it('is a range where runs differed, one number where they did not, and a bound where it may end early', () => {
    const said = (lowMs: number, highMs: number, atMost: boolean) => plain(formatEstimate({ lowMs, highMs, atMost }));
    expect(said(200_000, 330_000, false)).toBe('4 min to 6 min');
    expect(said(200_000, 210_000, false)).toBe('about 4 min');
    expect(said(200_000, 330_000, true)).toBe('at most 6 min');
  });
});
