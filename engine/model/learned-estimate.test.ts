import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { estimateFrom, expectedMs, type PastRun } from './learned-estimate.ts';
import { estimateDurationMs } from './preset-estimate.ts';

const { experiment } = makeResult({ blocks: 2, everything: false, requests: 10 });
const plain = { ...experiment, looks: null, budgetMs: null };
const plannedMs = estimateDurationMs(plain);
const here = { cpus: 2, memoryBytes: 2 ** 34, runtime: 'docker' as const };

const tookTimes = (ratio: number, change: Partial<PastRun> = {}): PastRun => ({
  preset: plain.preset,
  runtime: 'docker',
  status: 'completed',
  startedAt: '2026-03-01T10:00:00.000Z',
  endedAt: new Date(Date.parse('2026-03-01T10:00:00.000Z') + ratio * 100_000).toISOString(),
  timing: { plannedMs: 100_000, cpus: 2, memoryBytes: 2 ** 34 },
  ...change,
});

describe('how long a run takes here', () => {
  it('is the general estimate where nothing ran', () => {
    expect(estimateFrom(plain, [], here)).toEqual({ lowMs: plannedMs, highMs: plannedMs, atMost: false, runs: 0 });
  });

  it('takes the machine at its word from three runs on, and counts the general estimate before', () => {
    const two = estimateFrom(plain, [tookTimes(2), tookTimes(3)], here);
    expect([two.lowMs / plannedMs, two.highMs / plannedMs]).toEqual([1, 3]);
    const three = estimateFrom(plain, [tookTimes(2), tookTimes(3), tookTimes(2.5)], here);
    expect([three.lowMs / plannedMs, three.highMs / plannedMs, three.runs]).toEqual([2, 3, 3]);
  });

  it('learns nothing from a run that was continued a day later', () => {
    const continued = tookTimes(288, { tookMs: 500_000 });
    expect(estimateFrom(plain, [continued], here)).toEqual(estimateFrom(plain, [], here));
  });

  it('is never narrower than what the runs it learned from took', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { maxLength: 8 }), (ratios) => {
        const { lowMs, highMs } = estimateFrom(
          plain,
          ratios.map((ratio) => tookTimes(ratio)),
          here,
        );
        for (const ratio of ratios) {
          expect(lowMs).toBeLessThanOrEqual(ratio * plannedMs * 1.0001);
          expect(highMs).toBeGreaterThanOrEqual(ratio * plannedMs * 0.999);
        }
      }),
    );
  });

  it('learns nothing from other machines, other runtimes, and runs that did not complete', () => {
    const others = [
      tookTimes(5, { timing: { plannedMs: 100_000, cpus: 8, memoryBytes: 2 ** 34 } }),
      tookTimes(5, { timing: { plannedMs: 100_000, cpus: 2, memoryBytes: 2 ** 33 } }),
      tookTimes(5, { runtime: 'process' }),
      ...['cancelled', 'failed', 'interrupted'].map((status) => tookTimes(0.1, { status })),
      tookTimes(5, { endedAt: 'nonsense' }),
    ];
    expect(estimateFrom(plain, others, here).runs).toBe(0);
  });

  it('keeps the bound of a run that may end early, and prefers runs of the same preset', () => {
    const early = { ...plain, budgetMs: plannedMs };
    const short = [tookTimes(0.5), tookTimes(0.4), tookTimes(0.6)];
    const estimate = estimateFrom(early, [...short, tookTimes(9, { preset: 'other' })], here);
    expect(estimate).toMatchObject({ highMs: estimateDurationMs(early), atMost: true, runs: 3 });
    expect(estimateFrom(early, [tookTimes(9, { preset: 'other' })], here).highMs).toBe(estimateDurationMs(early));
    expect(expectedMs(estimate)).toBe(estimate.highMs);
    expect(expectedMs({ lowMs: 2, highMs: 4, atMost: false, runs: 1 })).toBe(3);
  });
});
