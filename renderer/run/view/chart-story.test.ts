import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../engine/model/index.ts';
import { applyEvents } from './apply-events.ts';
import { bandsOf, marksOf, scaleOf } from './chart-story.ts';
import { engineLost } from './derive.ts';
import { emptyRun, limits, type LoadSeries } from './run-view.ts';

const series = (variant: string, phases: readonly string[], startedAtMs = 10_000): LoadSeries => ({
  ...{ roundId: variant, variant, startedAtMs },
  points: phases.map((phase, second) => ({
    ...{ atMs: startedAtMs + second * 1000, phase, arrivalsPerSecond: 10, errorsPerSecond: 0 },
    ...{ p50Ms: 1, p95Ms: 2, p99Ms: 3 },
  })),
});

const fault = (phase: 'injecting' | 'active' | 'undoing' | 'undone', atMs: number, variant = 'a'): LabEvent => ({
  ...{ atMs, type: 'fault', variant, phase, unit: 'shop', fault: { kind: 'hang', module: 'payments' } },
});

describe('the story under the live lines', () => {
  it('bands the phases of the load at work, without gaps', () => {
    const shown = [
      series('a', ['warm-up', 'latency']),
      series('b', ['warm-up', 'warm-up', 'latency', 'latency', 'isolation', 'isolation']),
    ];
    expect(bandsOf(shown)).toEqual([
      { from: 0, to: 2, title: 'warm-up' },
      { from: 2, to: 4, title: 'response times' },
      { from: 4, to: 5, title: 'faults' },
    ]);
    expect(bandsOf([null])).toEqual([]);
  });

  it('marks where a fault takes effect and where it is over, on the lines that are shown', () => {
    const view = applyEvents(emptyRun, [
      fault('active', 5000),
      fault('injecting', 11_000),
      fault('active', 12_000),
      fault('undoing', 13_000),
      fault('undone', 14_000),
      fault('active', 12_000, 'gone'),
    ]);
    expect(view.marks).toHaveLength(4);
    expect(marksOf(view.marks, [series('a', ['x', 'x', 'x', 'x', 'x'])], ['a'])).toEqual([
      { second: 2, index: 0, begins: true, text: 'Payments hangs' },
      { second: 4, index: 0, begins: false, text: 'Payments hangs' },
    ]);
    const many = applyEvents(
      emptyRun,
      Array.from({ length: 500 }, (_, at) => fault('active', at)),
    );
    expect(many.marks).toHaveLength(limits.marks);
  });

  it('takes a log scale only where the tail would press everything else flat', () => {
    expect(scaleOf([2, 3, 4, 5, 20], 20)).toEqual({ log: false, domain: [0, 20], ticks: [0, 10, 20] });
    expect(scaleOf([2, 3, 3, 4, 900], 1000)).toEqual({ log: true, domain: [1, 1000], ticks: [1, 10, 100, 1000] });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e5, noNaN: true })), (values) => {
        const { log, domain, ticks } = scaleOf(values, 1e5);
        expect(domain[0]).toBeLessThan(domain[1]);
        for (const value of values.filter((one) => one > 0 || !log)) {
          expect(value).toBeGreaterThanOrEqual(domain[0] * 0.999);
          expect(value).toBeLessThanOrEqual(domain[1] * 1.001);
        }
        for (const tick of ticks) expect(Number.isFinite(tick)).toBe(true);
      }),
    );
  });
});

describe('an engine that is lost', () => {
  const status = {
    ...{ name: 'Docker', version: null, endpoint: null, problem: 'No engine answers.', checkedAtMs: 0 },
    nextStep: 'Start Docker.',
  };
  it('is said first, and only to a run that needs one', () => {
    expect(engineLost('docker', { ...status, state: 'stopped' })).toMatch(
      /^The container engine does not answer\. Start/,
    );
    expect(engineLost('docker', { ...status, state: 'error' })).not.toBeNull();
    for (const state of ['healthy', 'checking'] as const) expect(engineLost('docker', { ...status, state })).toBeNull();
    expect(engineLost('process', { ...status, state: 'stopped' })).toBeNull();
    expect(engineLost('docker', null)).toBeNull();
  });
});
