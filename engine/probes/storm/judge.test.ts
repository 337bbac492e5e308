import { describe, expect, it } from 'vitest';
import { slices } from '../../evaluation/isolation/testing/index.ts';
import { amplification, requestsTo, stormRecovery, stormWindow } from './judge.ts';

const well = { home: { scheduled: 10, good: 10, latencyMs: 20 } };
const bad = { home: { scheduled: 10, good: 2, latencyMs: 900 } };
const baseline = { availability: 1, p95Ms: 20 };

describe('stormWindow', () => {
  it('counts good requests a second of the span', () => {
    const window = stormWindow(slices(0, 2000, () => bad));
    expect([window.scheduled, window.good, window.goodPerSecond]).toEqual([80, 16, 8]);
    expect(stormWindow([])).toEqual({ scheduled: 0, good: 0, p95Ms: null, goodPerSecond: 0 });
  });
});

describe('stormRecovery', () => {
  it('counts from calm to the first window that is well', () => {
    const found = stormRecovery(
      slices(0, 20_000, (startMs) => (startMs < 7000 ? bad : well)),
      5000,
      20_000,
      baseline,
    );
    expect(found.metastable).toBe(false);
    expect(found.recoverMs).toBeGreaterThanOrEqual(1500);
    expect(found.recoverMs).toBeLessThanOrEqual(2000);
  });
  it('calls it metastable when it never comes back, and says how long somebody looked', () => {
    expect(
      stormRecovery(
        slices(0, 20_000, () => bad),
        5000,
        20_000,
        baseline,
      ),
    ).toEqual({ recoverMs: null, recoverCensoredAtMs: 15_000, metastable: true });
  });
});

describe('amplification', () => {
  it('is 1 without retries, more with them, less when calls are kept away', () => {
    const before = { calls: 50, requests: 100 };
    expect(amplification(before, { calls: 150, requests: 300 })).toBe(1);
    expect(amplification(before, { calls: 600, requests: 300 })).toBe(4);
    expect(amplification(before, { calls: 15, requests: 300 })).toBeCloseTo(0.1);
    expect(amplification({ calls: 0, requests: 100 }, before)).toBeNull();
    expect(amplification(before, null)).toBeNull();
  });
  it('counts only requests that need the module', () => {
    const both = () => ({
      home: { scheduled: 3, good: 3, latencyMs: 1 },
      search: { scheduled: 5, good: 5, latencyMs: 1 },
    });
    expect(requestsTo(slices(0, 1000, both), ['search'])).toBe(20);
  });
});
