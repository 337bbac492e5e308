import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock/testing/index.ts';
import type { UnitMetrics } from '../../deploy/index.ts';
import { counted, readCounters, readCountersPatiently } from './counters.ts';

type Asked = Parameters<typeof readCountersPatiently>[0];

/** Two units, of which the one that hosts `scores` answers only from its third question on. */
function busyDeployment(silent: number): Asked {
  let questions = 0;
  const metrics = (calls: number, retries: number): UnitMetrics => ({
    atMs: 0,
    loopLagP99Ms: 1,
    heapBytes: 1,
    inFlight: 0,
    modules: { scores: { calls, failures: 0 } },
    policies: { retries, breakerOpens: 0, breakerState: {}, rejectedByBulkhead: 0, shed: 0, fallbacks: 0 },
  });
  const controls: Record<string, { metrics: () => Promise<UnitMetrics> }> = {
    front: { metrics: () => Promise.resolve(metrics(0, 40)) },
    back: {
      metrics: () => (++questions <= silent ? Promise.reject(new Error('no answer')) : Promise.resolve(metrics(90, 0))),
    },
  };
  const units = Object.keys(controls).map((name) => ({ name }));
  return {
    clock: new VirtualClock(),
    units,
    unitHosting: () => units[1],
    control: (unit: string) => controls[unit],
  } as unknown as Asked;
}

describe('counters', () => {
  it('are those of the module and the retries of all units', async () => {
    expect(await readCounters(busyDeployment(0), 'scores')).toEqual({ calls: 90, retries: 40, breakerOpens: 0 });
  });

  it('are unknown, not zero, where the module does not answer', async () => {
    expect(await readCounters(busyDeployment(1), 'scores')).toBeNull();
    expect(counted({ calls: 5, retries: 0, breakerOpens: 0 }, null)).toBeNull();
  });

  it('are asked for again until a busy module comes to the question', async () => {
    const counters = await readCountersPatiently(busyDeployment(2), 'scores', new AbortController().signal);
    expect(counters?.calls).toBe(90);
  });

  it('are differences, which start from nothing after a restart', () => {
    const early = { calls: 10, retries: 5, breakerOpens: 1 };
    expect(counted(early, { calls: 25, retries: 5, breakerOpens: 2 })).toEqual({
      calls: 15,
      retries: 0,
      breakerOpens: 1,
    });
    expect(counted(early, { calls: 4, retries: 2, breakerOpens: 0 })).toEqual({
      calls: 4,
      retries: 2,
      breakerOpens: 0,
    });
  });
});
