import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadInWords } from '../../cli/progress/words.ts';
import { inWords, levelInWords } from '../../engine/evaluation/index.ts';
import {
  decimalFigure,
  faultInWords,
  faultLabel,
  metrics,
  percentFigure,
  significantFigure,
  type Finding,
  type SliceSummary,
} from '../../engine/model/index.ts';
import { shownIn } from '../../renderer/shared/format.ts';
import * as report from '../../report/format/index.ts';

/** A formatter of numbers, and which numbers mean more than a number where it writes them. */
interface Formatter {
  name: string;
  format: (value: number) => string;
  /** Numbers, as written, that only the value given here may read as. */
  meaning: readonly (readonly [written: number, value: number])[];
  /** Values it is asked for. */
  from: number;
  to: number;
}

const none = [0, 0] as const;
const percent = [none, [100, 1], [-100, -1]] as const;
const finding = (kind: 'ratio' | 'difference', value: number) =>
  ({
    effect: { kind, value },
    interval: { low: value, high: value },
    noiseFloor: value,
    unit: kind === 'ratio' ? 'ms' : 'share',
    metric: kind === 'ratio' ? 'latency-p95' : 'availability',
    method: 't',
  }) as unknown as Finding;
const slice = (change: Partial<SliceSummary>) =>
  loadInWords({
    type: 'load',
    atMs: 0,
    ...{ roundId: 'r', variant: 'v', phase: 'p' },
    slice: {
      ...{ startMs: 0, lengthMs: 1000, scheduled: 0, good: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null },
      ...change,
    },
  });

const formatters: readonly Formatter[] = [
  ...[0, 1, 2, 3].flatMap((decimals): Formatter[] => [
    { name: `percentFigure ${decimals}`, format: (x) => percentFigure(x, decimals), meaning: percent, from: -3, to: 3 },
    {
      name: `decimalFigure ${decimals}`,
      format: (x) => decimalFigure(x, decimals),
      meaning: [none],
      from: -1e6,
      to: 1e6,
    },
    {
      name: `decimalFigure ${decimals} with a limit`,
      format: (x) => decimalFigure(x, decimals, [5]),
      meaning: [none, [5, 5], [-5, -5]],
      from: -20,
      to: 20,
    },
    {
      name: `formatShare ${decimals} of the report`,
      format: (x) => report.formatShare(x, decimals),
      meaning: percent,
      from: -3,
      to: 3,
    },
  ]),
  ...[2, 3].flatMap((digits): Formatter[] => [
    {
      name: `inWords ${digits}`,
      format: (x) => inWords(x, digits),
      meaning: [none, [1, 1], [100, 100], [-1, -1], [-100, -100]],
      from: -200,
      to: 200,
    },
    {
      name: `significantFigure ${digits}`,
      format: (x) => significantFigure(x, digits, { meaning: [1] }),
      meaning: [none, [1, 1], [-1, -1]],
      from: -20,
      to: 20,
    },
    {
      name: `formatRatio ${digits}`,
      format: (x) => report.formatRatio(x, digits),
      meaning: [none, [1, 1]],
      from: 0,
      to: 20,
    },
    {
      name: `formatNumber ${digits}`,
      format: (x) => report.formatNumber(x, digits),
      meaning: [none],
      from: -1e6,
      to: 1e6,
    },
  ]),
  // A level is the chance of an error: none of it is all the confidence there is.
  {
    name: 'levelInWords',
    format: levelInWords,
    meaning: [
      [100, 0],
      [0, 1],
    ],
    from: 0,
    to: 1,
  },
  { name: 'formatShare of the report', format: (x) => report.formatShare(x), meaning: percent, from: -3, to: 3 },
  {
    name: 'formatDifference of shares',
    format: (x) => report.formatDifference(x, 'share'),
    meaning: percent,
    from: -1,
    to: 1,
  },
  ...['ms', 's', 'bytes', 'count', 'requests', 'cpu-seconds', 'journeys/s'].flatMap((unit): Formatter[] => [
    {
      name: `formatDifference of ${unit}`,
      format: (x) => report.formatDifference(x, unit),
      meaning: [none],
      from: -1e5,
      to: 1e5,
    },
    {
      name: `formatValue of ${unit}`,
      format: (x) => report.formatValue(x, unit),
      meaning: [none],
      from: -1e5,
      to: 1e5,
    },
  ]),
  {
    name: 'formatEffect of ratios',
    format: (x) => report.formatEffect({ kind: 'ratio', value: x }, 'ms'),
    meaning: [none, [1, 1]],
    from: 0,
    to: 20,
  },
  {
    name: 'formatInterval of ratios, its lower end',
    format: (x) => report.formatInterval(finding('ratio', x)).split(' to ')[0] ?? '',
    meaning: [none, [1, 1]],
    from: 0,
    to: 20,
  },
  {
    name: 'formatInterval of shares, its upper end',
    format: (x) => report.formatInterval(finding('difference', x)).split(' to ')[1] ?? '',
    meaning: percent,
    from: -1,
    to: 1,
  },
  {
    name: 'formatFloor of ratios',
    format: (x) => report.formatFloor(finding('ratio', x)).replace('±', ''),
    meaning: percent,
    from: 0,
    to: 3,
  },
  {
    name: 'formatFloor of shares',
    format: (x) => report.formatFloor(finding('difference', x)).replace('±', ''),
    meaning: percent,
    from: 0,
    to: 1,
  },
  {
    name: 'formatSetting of a share',
    format: (x) => report.formatSetting('share', x),
    meaning: percent,
    from: 0,
    to: 1,
  },
  { name: 'formatSpan of the report', format: report.formatSpan, meaning: [none], from: 0, to: 40_000 },
  { name: 'formatTook', format: report.formatTook, meaning: [none], from: 0, to: 40_000 },
  { name: 'formatRate', format: report.formatRate, meaning: [none], from: -1e5, to: 1e5 },
  { name: 'formatExact', format: report.formatExact, meaning: [none], from: -1e6, to: 1e6 },
  {
    name: 'faultLabel',
    format: (share) => /\(cart, (.*)\)/.exec(faultLabel({ kind: 'errors', module: 'cart', share }))?.[1] ?? '',
    meaning: percent,
    from: 0,
    to: 1,
  },
  {
    name: 'faultInWords',
    format: (share) => /answers (.*) of calls/.exec(faultInWords({ kind: 'errors', module: 'cart', share }))?.[1] ?? '',
    meaning: percent,
    from: 0,
    to: 1,
  },
  {
    name: 'p95 of the command line',
    format: (p95Ms) => /p95 (.*),/.exec(slice({ p95Ms }))?.[1] ?? '',
    meaning: [none],
    from: 0,
    to: 1e4,
  },
  {
    name: 'requests/s of the command line',
    format: (scheduled) => /: (.*) requests\/s/.exec(slice({ scheduled, lengthMs: 977 }))?.[1] ?? '',
    meaning: [none],
    from: 0,
    to: 1e4,
  },
];

/** Numbers as they stand in a figure, with signs; what follows `<` or `>` is a bound. */
function read(text: string): { side: string; value: number } {
  const plain = text.replaceAll('\u2212', '-').replaceAll('\u00a0', ' ').replaceAll(',', '');
  const [, side = '', number = 'NaN'] = /^([<>]?) ?\+?(-?[\d.]+)/.exec(plain) ?? [];
  return { side, value: Number(number) };
}

describe.each(formatters)('$name', ({ format, meaning, from, to }) => {
  const near = fc.constantFrom(...meaning.map(([, value]) => value));
  const distance = fc.oneof(
    fc.double({ min: -0.02, max: 0.02, noNaN: true }),
    fc.double({ min: -1e-7, max: 1e-7, noNaN: true }),
    fc.constantFrom(0, Number.MIN_VALUE, -Number.MIN_VALUE, Number.EPSILON, -Number.EPSILON / 2, 0.005, -0.005, 0.0004),
  );
  const value = fc
    .oneof(
      fc.tuple(near, distance).map(([at, by]) => at + by),
      fc.tuple(near, fc.double({ min: -0.02, max: 0.02, noNaN: true })).map(([at, by]) => at * (1 + by)),
      fc.double({ min: from, max: to, noNaN: true }),
    )
    .filter((one) => one >= from && one <= to);

  test('reads as a number that means more only when it is that', () => {
    fc.assert(
      fc.property(value, (one) => {
        const text = format(one);
        expect(text).not.toMatch(/NaN|Infinity|undefined|\de[+-]?\d|^$/);
        const figure = read(text);
        expect(figure.value, text).not.toBeNaN();
        for (const [written, meant] of meaning)
          if (figure.side === '' && figure.value === written) expect(one === meant, text).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('reads as that when it is that, and as nothing else', () => {
    for (const [written, meant] of meaning) {
      if (meant < from || meant > to) continue;
      expect(read(format(meant))).toEqual({ side: '', value: written });
    }
  });

  test('has words, not an error, for what is no number', () => {
    for (const one of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, 1e22])
      expect(typeof format(one)).toBe('string');
  });
});

test('a bound that is written is a bound of the value', () => {
  const bounded = formatters.filter(({ name }) =>
    /^(percentFigure|decimalFigure|inWords|significantFigure)/.test(name),
  );
  fc.assert(
    fc.property(fc.constantFrom(...bounded), fc.double({ min: -2, max: 2, noNaN: true }), ({ name, format }, one) => {
      const { side, value } = read(format(one));
      const scaled = name.startsWith('percent') ? one * 100 : one;
      if (side === '<') expect(scaled).toBeLessThan(value);
      if (side === '>') expect(scaled).toBeGreaterThan(value);
    }),
    { numRuns: 3000 },
  );
});

test.each<[number, string]>([
  [1.0004, '1.0004\u00a0×'],
  [0.9996, '0.9996\u00a0×'],
  [1, '1.00\u00a0×'],
  [1 + 1e-9, '>\u00a01\u00a0×'],
])('a ratio of %d reads %s', (ratio, text) => {
  expect(report.formatRatio(ratio).replace('> ', '>\u00a0')).toBe(text);
});

test('differences near the whole keep their sign beside the bound', () => {
  expect(report.formatDifference(0.9996, 'share')).toBe('+99.96\u00a0pp');
  expect(report.formatDifference(1, 'share')).toBe('+100\u00a0pp');
  expect(report.formatDifference(-1 + 1e-12, 'share')).toBe('< \u221299.9999\u00a0pp');
  expect(report.formatDifference(1e-12, 'ms')).toBe('< +0.00000001\u00a0µs');
});

test('every metric can say what lies near its ends', () => {
  for (const { unit } of Object.values(metrics))
    for (const one of [1 - 1e-9, 1e-9]) expect(report.formatValue(one, unit)).not.toMatch(/^(0|100)(\.0*)?\u00a0%$/);
});

test('a field shows what is kept, and keeps what it shows', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const shown = shownIn(share, 0.01);
      expect(Math.abs(shown / 100 - share)).toBeLessThanOrEqual(Number.EPSILON * share * 4);
    }),
  );
  expect([0.07, 0.57, 0.997, 1, 0].map((share) => shownIn(share, 0.01))).toEqual([7, 57, 99.7, 100, 0]);
});
