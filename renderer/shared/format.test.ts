import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatMemory,
  formatMs,
  formatRate,
  formatShare,
  formatSpan,
  formatWhen,
  plural,
} from './format.ts';

describe('numbers for people', () => {
  it('says spans with the unit that fits', () => {
    expect([0, 850, 12_400, 59_990, 185_000, 3_725_000].map(formatSpan)).toEqual([
      '0 ms',
      '850 ms',
      '12.4 s',
      '1 min 00 s',
      '3 min 05 s',
      '1 h 02 min',
    ]);
    expect([7000, 750_000, 3_723_000].map(formatClock)).toEqual(['0:07', '12:30', '1:02:03']);
  });

  it('gives sensible digits', () => {
    expect([512, 88_291_000, 4 * 2 ** 30].map(formatMemory)).toEqual(['512 B', '84.2 MiB', '4.0 GiB']);
    expect([0, 0.034, 0.5, 1, 1 - 1e-6, 1e-6].map(formatShare)).toEqual([
      '0 %',
      '3.4 %',
      '50 %',
      '100 %',
      '> 99 %',
      '< 0.1 %',
    ]);
    expect([48.2, 0.32, 0, 0.001].map(formatRate)).toEqual(['48 /s', '0.3 /s', '0 /s', '< 0.1 /s']);
    expect([null, 0.824, 14.23, 412, 1240].map(formatMs)).toEqual(['–', '0.82 ms', '14.2 ms', '412 ms', '1.2 s']);
    expect([plural(1, 'round'), plural(3, 'round')]).toEqual(['1 round', '3 rounds']);
  });

  it('never prints NaN or an empty text', () => {
    const any = fc.oneof(fc.double(), fc.integer());
    fc.assert(
      fc.property(any, (value) => {
        for (const format of [formatSpan, formatMemory, formatShare, formatMs]) {
          expect(format(value)).not.toMatch(/NaN|Infinity|undefined|^$/);
        }
      }),
    );
  });

  it('names days near now', () => {
    const now = new Date(2026, 2, 10, 12, 0);
    expect(formatWhen(new Date(2026, 2, 10, 9, 5).toISOString(), now)).toBe('today 09:05');
    expect(formatWhen(new Date(2026, 2, 9, 23, 59).toISOString(), now)).toBe('yesterday 23:59');
    expect(formatWhen(new Date(2026, 1, 1, 8, 0).toISOString(), now)).toBe('1 Feb 2026, 08:00');
    expect(formatWhen('nonsense', now)).toBe('–');
  });
});
