import { expect, test } from 'vitest';
import { judgeHealth, type HealthNumbers } from './health.ts';

const healthy: HealthNumbers = {
  pacingLagP50Ms: 0.01,
  pacingLagP99Ms: 0.3,
  connectionWaitP99Ms: 900,
  loopUtilization: 0.4,
  cpuSeconds: 1,
  offeredShare: 1,
  hiccupShare: 0.001,
  pacer: 'thread',
};

test('a generator within its bounds is valid, whatever the wait for connections', () => {
  expect(judgeHealth(healthy, 5)).toMatchObject({ valid: true, reasons: [] });
});

test.each([
  [{ pacingLagP99Ms: 1.01 }, 'pacing lag p99 1.01 ms'],
  [{ loopUtilization: 0.81 }, 'busy 81.0 %'],
  [{ offeredShare: 0.98 }, 'Only 98.0 %'],
  [{ hiccupShare: 0.006 }, '0.6 %'],
])('%o is said', (change, text) => {
  const health = judgeHealth({ ...healthy, ...change }, 5);
  expect(health.valid).toBe(false);
  expect(health.reasons).toHaveLength(1);
  expect(health.reasons[0]).toContain(text);
});

test('slow applications allow a lag of 5 % of their median', () => {
  expect(judgeHealth({ ...healthy, pacingLagP99Ms: 4.9 }, 100).valid).toBe(true);
  expect(judgeHealth({ ...healthy, pacingLagP99Ms: 5.1 }, 100).valid).toBe(false);
});
