import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeTimes,
  encodeHistogram,
  mergeTimes,
  newHistogram,
  recordedTimes,
  recordMs,
  type LoadSlice,
} from '../model/index.ts';
import { lineSlice, summarizeSlice } from './slice.ts';

const histogram = (times: readonly number[]): string => {
  const made = newHistogram();
  for (const ms of times) recordMs(made, ms);
  return times.length === 0 ? '' : encodeHistogram(made);
};

const listed = (made: ReturnType<typeof decodeTimes>['failures']): number[] =>
  made === null ? [] : recordedTimes(made).flatMap(({ ms, count }) => Array.from({ length: count }, () => ms));

type Part = readonly [answersMs: readonly number[], failuresMs: readonly number[]];

function slice(startMs: number, parts: Readonly<Record<string, Part>>): LoadSlice {
  return {
    ...{ index: Math.round(startMs / 250), startMs, lengthMs: 250, withheldMs: 3 },
    endpoints: Object.fromEntries(
      Object.entries(parts).map(([name, [answers, failures]]) => {
        const errors = { status: failures.length, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };
        return [
          name,
          {
            ...{ scheduled: answers.length + failures.length, good: answers.length, late: 0, dropped: 0, errors },
            ...{ responseTime: histogram(answers), failureAge: histogram(failures), notReached: 2 },
          },
        ];
      }),
    ),
  };
}

it('a slice keeps answers and failures apart', () => {
  expect(lineSlice(slice(250, { home: [[7, 5], [0.5]] }))).toEqual({
    ...{ startMs: 250, lengthMs: 250, withheldMs: 3 },
    endpoints: {
      home: {
        ...{ scheduled: 3, good: 2, notReached: 2, errors: { status: 1 } },
        answersMs: [5.001, 7.001].map((ms) => expect.closeTo(ms, 1) as number),
        failuresMs: [expect.closeTo(0.5, 2)],
      },
    },
  });
});

it('what is shown of a slice is what its histograms say together, failures behind every answer', () => {
  const timesMs = fc.array(fc.double({ min: 0.001, max: 70_000, noNaN: true }), { maxLength: 30 });
  const parts = fc.dictionary(fc.constantFrom('home', 'search', 'order'), fc.tuple(timesMs, timesMs), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(parts, (of) => {
      const sent = slice(500, of);
      const merged = mergeTimes(Object.values(sent.endpoints).map((endpoint) => decodeTimes(endpoint)));
      const answersMs = listed(merged.answers);
      const slowestMs = answersMs.at(-1) ?? 0;
      const ranked = [...answersMs, ...listed(merged.failures).map((ms) => Math.max(ms, slowestMs))];
      const at = (q: number) => ranked[Math.max(1, Math.floor(q * ranked.length + 0.5)) - 1] ?? null;
      const all = Object.values(of);
      expect(summarizeSlice(lineSlice(sent))).toEqual({
        ...{ startMs: 500, lengthMs: 250 },
        scheduled: all.reduce((sum, [answers, failures]) => sum + answers.length + failures.length, 0),
        good: all.reduce((sum, [answers]) => sum + answers.length, 0),
        errors: all.reduce((sum, [, failures]) => sum + failures.length, 0),
        ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) },
      });
    }),
    { numRuns: 40 },
  );
});
