import { describe, expect, it } from 'vitest';
import { formatClock, formatEstimate, formatRough, formatTook, formatWhen } from './time.ts';

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

describe('times', () => {
  it('say spans and running clocks with the unit that fits', () => {
    expect([0, 850, 12_400, 59_990, 185_000, 3_725_000].map((ms) => plain(formatTook(ms)))).toEqual([
      '0 ms',
      '850 ms',
      '12.4 s',
      '1 min',
      '3 min 5 s',
      '1 h 2 min',
    ]);
    expect([7000, 750_000, 3_723_000].map(formatClock)).toEqual(['0:07', '12:30', '1:02:03']);
  });

  it('names days near now', () => {
    const now = new Date(2026, 2, 10, 12, 0);
    expect(formatWhen(new Date(2026, 2, 10, 9, 5).toISOString(), now)).toBe('today 09:05');
    expect(formatWhen(new Date(2026, 2, 9, 23, 59).toISOString(), now)).toBe('yesterday 23:59');
    expect(formatWhen(new Date(2026, 1, 1, 8, 0).toISOString(), now)).toBe('1 Feb 2026, 08:00');
    expect(formatWhen('nonsense', now)).toBe('–');
  });
});
