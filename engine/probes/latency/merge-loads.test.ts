import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addCounts,
  decodeTimes,
  emptyCounts,
  encodeHistogram,
  newHistogram,
  recordMs,
  timesCount,
  type LoadMeasurement,
} from '../../model/index.ts';
import { mergeLoads } from './merge-loads.ts';

const healthy: LoadMeasurement['generator'] = {
  ...{ pacingLagP50Ms: 0.01, pacingLagP99Ms: 0.1, pacingShiftP50Ms: 0, pacingShiftP95Ms: 0, connectionWaitP99Ms: 0 },
  ...{ loopUtilization: 0.1, cpuSeconds: 0.5, offeredShare: 1, hiccupShare: 0, pacer: 'thread', valid: true },
  ...{ saturated: false, shifted: [], reasons: [], disturbances: [] },
};

function loadOf(
  answersMs: number[],
  failuresMs: number[],
  change: Partial<LoadMeasurement['generator']> = {},
): LoadMeasurement {
  const written = (times: number[]) => {
    const histogram = newHistogram();
    for (const ms of times) recordMs(histogram, ms);
    return encodeHistogram(histogram);
  };
  const counts = { ...emptyCounts(), scheduled: answersMs.length + failuresMs.length, good: answersMs.length };
  const times = written(answersMs);
  return {
    ...{ startedAtMs: 1000, durationMs: 2000, skippedSteps: 1, ledger: [], bytesReceived: 10, bytesSent: 5 },
    journeys: { buy: { scheduled: answersMs.length, good: answersMs.length } },
    endpoints: {
      home: {
        ...{ ...counts, errors: { ...counts.errors, timeout: failuresMs.length } },
        ...{ responseTime: times, serviceTime: times, punctualTime: times },
        failureAge: failuresMs.length === 0 ? '' : written(failuresMs),
      },
    },
    generator: { ...healthy, ...change },
  };
}

const times = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 30 });

it('is as if it had been one load: every request is in it once, at its time', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(times, times), { minLength: 1, maxLength: 5 }), (parts) => {
      const merged = mergeLoads(parts.map(([answers, failures]) => loadOf(answers, failures)));
      const whole = loadOf(
        parts.flatMap(([answers]) => answers),
        parts.flatMap(([, failures]) => failures),
      );
      const [got, expected] = [merged.endpoints['home'], whole.endpoints['home']];
      if (got === undefined || expected === undefined) throw new Error('the endpoint is lost');
      expect(addCounts(got, emptyCounts())).toEqual(addCounts(expected, emptyCounts()));
      const [a, b] = [decodeTimes(got), decodeTimes(expected)];
      expect(timesCount(a)).toBe(timesCount(b));
      for (const q of [10, 50, 95, 100])
        expect(a.answers.getValueAtPercentile(q)).toBe(b.answers.getValueAtPercentile(q));
      expect(merged.journeys).toEqual(whole.journeys);
      expect([merged.durationMs, merged.skippedSteps, merged.bytesReceived]).toEqual([
        2000 * parts.length,
        parts.length,
        10 * parts.length,
      ]);
    }),
  );
});

it('judges the generator over all of them: shares over the whole time, lateness by the worst', () => {
  const some = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const { generator } = mergeLoads([
    loadOf(some, [], { hiccupShare: 0.01, pacingLagP99Ms: 3, cpuSeconds: 0.2 }),
    loadOf(some, [], { hiccupShare: 0, pacingLagP99Ms: 0.1, cpuSeconds: 0.3 }),
  ]);
  expect(generator.hiccupShare).toBeCloseTo(0.005, 12);
  expect([generator.pacingLagP99Ms, generator.cpuSeconds, generator.valid]).toEqual([3, 0.5, true]);
  expect(generator.disturbances.join()).toContain('3.00 ms late');
  const { generator: short } = mergeLoads([loadOf(some, [], { offeredShare: 0.9 }), loadOf(some, [])]);
  expect([short.valid, short.saturated]).toEqual([false, true]);
});

const late = 'Requests started late, which added 1.50 ms to the median response time; at most 0.70 ms is allowed.';
const short = 'Only 90.0 % of the planned journeys were started in time, at least 99.0 % are needed.';
it.each<[string, Partial<LoadMeasurement['generator']>, Partial<LoadMeasurement['generator']>]>([
  [
    'a late one, by its percentiles and its lateness',
    { pacingShiftP50Ms: 1.5, shifted: ['p50'], valid: false, reasons: [late] },
    { pacingShiftP50Ms: 1.5, shifted: ['p50'], saturated: false },
  ],
  [
    'a late one, its tail',
    { pacingShiftP95Ms: 4, shifted: ['p95'], valid: false, reasons: [late] },
    { pacingShiftP95Ms: 4, shifted: ['p95'], saturated: false },
  ],
  [
    'one that could not be offered',
    { offeredShare: 0.97, saturated: true, valid: false, reasons: [short] },
    { shifted: [], saturated: true },
  ],
])('does not average away one bad window of many: %s', (_, bad, expected) => {
  const some = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  for (const windows of [1, 4, 20])
    for (const at of [0, windows - 1]) {
      const loads = Array.from({ length: windows }, (_load, index) => loadOf(some, [], index === at ? bad : {}));
      const { generator } = mergeLoads(loads);
      expect(generator).toMatchObject({ ...expected, valid: false });
      expect(generator.reasons).toEqual([`In window ${at + 1} of ${windows}: ${bad.reasons?.join('')}`]);
    }
  expect(mergeLoads(Array.from({ length: 4 }, () => loadOf(some, []))).generator).toMatchObject({
    ...{ valid: true, saturated: false, shifted: [], reasons: [] },
  });
});

it('of nothing is refused', () => {
  expect(() => mergeLoads([])).toThrow('no load');
});
