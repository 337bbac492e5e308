import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueInWords } from '../../engine/evaluation/index.ts';
import {
  formatBytes,
  formatCount,
  formatDifference,
  formatEffect,
  formatInterval,
  formatLevel,
  formatMs,
  formatNumber,
  formatShare,
  formatValue,
  splitUnit,
  trimZeros,
} from './index.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');

describe('the one source', () => {
  test('says the same of a time in a sentence and in a table', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), (ms) => {
        expect(valueInWords(ms, 'ms')).toBe(plain(trimZeros(formatMs(ms))));
      }),
    );
    expect(valueInWords(0.05, 'ms')).toBe('50 µs');
  });
});

describe('numbers', () => {
  test.each([
    [0, '0'],
    [1.2355, '1.24'],
    [0.012345, '0.0123'],
    [12345, '12,300'],
    [999.96, '1,000'],
    [-2.5, '-2.50'],
    [Number.NaN, 'not a number'],
    [1e-9, '< 0.00000001'],
    [-1e-9, '> -0.00000001'],
    [3.5e21, '3,500,000,000,000,000,000,000'],
  ])('%d reads %s', (value, text) => expect(plain(formatNumber(value))).toBe(text));

  test('three digits are kept to half a per cent, whatever the size', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e12, noNaN: true }), (value) => {
        const read = Number(plain(formatNumber(value)).replaceAll(',', ''));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(value * 0.00501);
      }),
    );
  });

  test('order survives formatting of durations', () => {
    const scale: Record<string, number> = { µs: 1e-3, ms: 1, s: 1000, min: 60_000 };
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e8, noNaN: true }), (ms) => {
        const { figure, unit } = splitUnit(formatMs(ms));
        const read = Number(figure.replaceAll(',', '')) * (scale[unit] ?? Number.NaN);
        expect(Math.abs(read - ms)).toBeLessThanOrEqual(ms * 0.006);
      }),
    );
  });

  test('no formatted figure has an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const format of [formatNumber, formatCount, formatMs, formatBytes, formatShare])
          expect(format(value)).not.toMatch(/\de[+-]?\d/);
      }),
    );
  });

  test('whole counts are exact', () => expect(formatCount(1_234_567)).toBe('1,234,567'));
});

describe('units', () => {
  test.each([
    [0.0512, '51.2 µs'],
    [0.2, '0.200 ms'],
    [999.4, '999 ms'],
    [1240, '1.24 s'],
    [59_999, '60.0 s'],
    [180_000, '3.00 min'],
  ])('%d ms reads %s', (ms, text) => expect(plain(formatMs(ms))).toBe(text));

  test.each([
    [512, '512 B'],
    [1536, '1.50 KiB'],
    [132 * 2 ** 20, '132 MiB'],
    [24 * 2 ** 30, '24.0 GiB'],
  ])('%d bytes read %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

  test.each([
    [1, '100 %'],
    [0.9994, '99.94 %'],
    [0.99995, '99.995 %'],
    [0.421, '42.1 %'],
    [0, '0 %'],
    [0.0034, '0.34 %'],
    [1 - 1 / 300_000, '> 99.99 %'],
    [1e-5, '< 0.01 %'],
    [-1e-5, '> -0.01 %'],
    [1.00001, '100.001 %'],
    [1.0000001, '> 100 %'],
  ])('a share of %d reads %s', (share, text) => expect(plain(formatShare(share))).toBe(text));

  test('only nothing reads 0 and only all of it 100 %, whatever is formatted and however coarsely', () => {
    const near = fc.oneof(
      fc.double({ noNaN: true, min: -2, max: 2 }),
      fc.double({ noNaN: true, min: 0, max: 1e-3 }).map((distance) => 1 - distance),
      fc.double({ noNaN: true, min: -1e-3, max: 1e-3 }),
    );
    const decimals = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
    fc.assert(
      fc.property(near, decimals, (value, digits) => {
        const share = plain(formatShare(value, digits));
        expect(share === '0 %').toBe(value === 0);
        expect(share === '100 %').toBe(value === 1);
        const bound = /^([<>]) (-?[\d.]+) %$/.exec(share);
        if (bound?.[1] === '<') expect(value * 100).toBeLessThan(Number(bound[2]));
        if (bound?.[1] === '>') expect(value * 100).toBeGreaterThan(Number(bound[2]));
        for (const format of [formatNumber, formatCount, formatMs, formatBytes])
          expect(/^-?0(\.0*)?(\u00a0.*)?$/.test(format(value).replace('\u2212', '-'))).toBe(value === 0);
      }),
      { numRuns: 2000 },
    );
  });

  test('missing values have a word', () => expect(formatValue(null, 'ms')).toBe('none'));
  test('an unknown unit is kept', () => expect(plain(formatValue(3, 'journeys/s'))).toBe('3.00 journeys/s'));
  test('zeros that fill up go', () =>
    expect([trimZeros('2.00 s'), trimZeros('0.50 ×'), trimZeros('100 ms'), trimZeros('0.105')]).toEqual([
      '2 s',
      '0.5 ×',
      '100 ms',
      '0.105',
    ]));
});

describe('effects', () => {
  test('ratios', () => expect(plain(formatEffect({ kind: 'ratio', value: 2.931 }, 'ms'))).toBe('2.93 ×'));
  test('differences of shares are percentage points', () =>
    expect(plain(formatDifference(0.402, 'share'))).toBe('+40.2 pp'));
  test('intervals', () =>
    expect(
      plain(
        formatInterval({
          effect: { kind: 'ratio', value: 2.9 },
          interval: { low: 2.6, high: 3.3 },
          unit: 'ms',
          method: 't',
          openEnd: null,
        }),
      ),
    ).toBe('2.60 to 3.30 ×'));
  test.each([
    ['low', '≤ 2.90 ×', 'up to 3.30 ×'],
    ['high', '≥ 2.90 ×', '2.60 × or more'],
    ['both', '2.90 ×', 'no limit known'],
  ] as const)('an effect whose %s end is not known reads %s, %s', (openEnd, figure, range) => {
    const effect = { kind: 'ratio', value: 2.9 } as const;
    expect(plain(formatEffect(effect, 'ms', openEnd))).toBe(figure);
    const one = { effect, interval: { low: 2.6, high: 3.3 }, unit: 'ms', method: 't', openEnd } as const;
    expect(plain(formatInterval(one))).toBe(range);
  });
  test('no interval, and no level of one', () => {
    expect(formatLevel({ interval: null, level: null, method: 'counted' })).toBe('none');
    expect(formatInterval({ effect: null, interval: null, unit: 'ms', method: 'none', openEnd: null })).toBe(
      'no interval',
    );
  });
  test.each([
    [0.05, 't', '95 % interval'],
    [0.05 / 3, 't', '98.3 % interval'],
    [0.05 / 23, 't', '99.78 % interval'],
    [0.05, 'exact-requests', 'exact 95 % limits'],
  ] as const)('a level of %d by %s reads %s', (level, method, text) =>
    expect(plain(formatLevel({ interval: { low: 0, high: 1 }, level, method }))).toBe(text),
  );
});
