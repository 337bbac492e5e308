import { describe, expect, it } from 'vitest';
import { shop, stormResult } from '../../../report/testing/index.ts';
import type { LineSlice, StormMeasurement } from '../../model/index.ts';
import { slices, type FakeTraffic } from '../isolation/testing/index.ts';
import { deriveStorm } from './derive.ts';
import { stormPhase, stormSeen } from './seen.ts';
import { stormWith } from './testing/index.ts';

const well = { home: { scheduled: 10, good: 10, latencyMs: 20 } };
const bad = { home: { scheduled: 10, good: 2, latencyMs: 900 } };

const line = (traffic: (startMs: number) => Record<string, FakeTraffic>) => slices(0, 25_000, traffic);
const badUntil = (untilMs: number) => line((startMs) => (startMs >= 5000 && startMs < untilMs ? bad : well));
function derived(change: Partial<StormMeasurement>, from: readonly LineSlice[] = badUntil(10_000)) {
  const outcome = deriveStorm(stormWith(change), from, shop);
  if (outcome === null) throw new Error('nothing follows');
  return outcome;
}

describe('the windows of a storm', () => {
  it('have the good requests a second of their spans', () => {
    const { baseline, spike, recovery } = derived({});
    expect(baseline).toEqual({ scheduled: 200, good: 200, goodPerSecond: 40, p95Ms: 20 });
    expect([spike.scheduled, spike.good, spike.goodPerSecond]).toEqual([200, 40, 8]);
    expect([recovery.scheduled, recovery.good]).toEqual([600, 600]);
  });

  it('have every slice once from the one in which the fault took effect to the last whole one that was watched', () => {
    const moments = { effectAtMs: 5100, calmAtMs: 10_100, watchedUntilMs: 20_100 };
    const { baseline, spike, recovery } = derived(moments);
    expect(baseline.scheduled).toBe(200);
    // From 5000 to 10,250 and from there to 20,000.
    expect([spike.scheduled, recovery.scheduled]).toEqual([210, 390]);
    expect(derived({ spikeAtMs: 4900 }).baseline.scheduled).toBe(190);
  });

  it('have no percentile of too few requests', () => {
    const few = derived({ beganAtMs: 2500 });
    expect(few.baseline).toMatchObject({ scheduled: 100, p95Ms: null });
  });
});

describe('recovery from a storm', () => {
  it('counts from calm to the first window that is well', () => {
    const found = derived({}, badUntil(12_000));
    expect(found).toMatchObject({ metastable: false, recoverCensoredAtMs: null });
    expect(found.recoverMs).toBeGreaterThanOrEqual(1500);
    expect(found.recoverMs).toBeLessThanOrEqual(2000);
  });

  it('is called metastable when it never comes, and says until when it cannot have begun', () => {
    // Watched for 15 s: what began in the last 5 of them could not be seen to its end.
    const never = { recoverMs: null, recoverCensoredAtMs: 10_250, metastable: true };
    expect(derived({}, badUntil(Infinity))).toMatchObject(never);
    // What came after the watch is not looked at.
    expect(derived({ watchedUntilMs: 14_000 }, badUntil(12_000))).toMatchObject({
      ...never,
      recoverCensoredAtMs: 0,
    });
  });

  it.each([14_000, 15_500, 16_000, 17_500, 20_000, 25_000])(
    'watched until %d ms: what is said never exceeds what a longer watch sees',
    (watchedUntilMs) => {
      const whole = derived({}, badUntil(12_000)).recoverMs ?? Number.NaN;
      const { recoverMs, recoverCensoredAtMs } = derived({ watchedUntilMs }, badUntil(12_000));
      if (recoverMs === null) expect(recoverCensoredAtMs).toBeLessThanOrEqual(whole);
      else expect(recoverMs).toBe(whole);
    },
  );
});

describe('amplification', () => {
  const counted = (calls: number) => ({ calls, retries: 0, breakerOpens: 0 });

  it('is 1 without retries, more with them, less when calls are kept away', () => {
    // 200 requests before, 800 since.
    expect(derived({ counted: counted(400) }).amplification).toBe(1);
    expect(derived({ counted: counted(1600) }).amplification).toBe(4);
    expect(derived({ counted: counted(40) }).amplification).toBeCloseTo(0.1);
  });

  it('is unknown where there is nothing to compare with or nobody could count', () => {
    expect(derived({ callsInCalm: 0 }).amplification).toBeNull();
    expect(derived({ callsInCalm: null }).amplification).toBeNull();
    expect(derived({ counted: null }).amplification).toBeNull();
    expect(derived({ firstLookAtMs: 4999 }).amplification).toBeNull();
  });

  it('counts only requests that need the module', () => {
    const both = line((startMs) => ({ ...well, search: { scheduled: startMs < 5000 ? 1 : 9, good: 1, latencyMs: 1 } }));
    expect(derived({}, both).amplification).toBe(1);
  });

  it('counts requests up to the end of the load, as the calls are', () => {
    expect(derived({ watchedUntilMs: 20_000 }).amplification).toBe(1);
  });
});

describe('a storm of a round', () => {
  const result = stormResult();
  const [round] = result.rounds;
  if (round?.storm == null) throw new Error('no storm');

  it('is derived once from its slices', () => {
    const seen = stormSeen(round, result.application);
    expect(seen?.outcome).not.toBeNull();
    expect(stormSeen(round, result.application)).toBe(seen);
  });

  it('has no outcome without moments or slices, and keeps what version 1 derived', () => {
    const outcome = (change: Partial<typeof round>) => stormSeen({ ...round, ...change }, shop)?.outcome;
    expect(outcome({ lines: {} })).toBeNull();
    expect(outcome({ storm: { ...round.storm!, calmAtMs: null } })).toBeNull();
    expect(outcome({ storm: { ...round.storm!, status: 'aborted' } })).toBeNull();
    const legacy = derived({});
    expect(outcome({ storm: { ...round.storm!, legacy }, lines: {} })).toBe(legacy);
    expect(stormSeen({ ...round, storm: null }, shop)).toBeNull();
    expect(round.lines[stormPhase]?.length).toBeGreaterThan(0);
  });
});
