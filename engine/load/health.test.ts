import { expect, test } from 'vitest';
import { judgeHealth, type HealthNumbers } from './health.ts';

const healthy: HealthNumbers = {
  pacingLagP50Ms: 0.01,
  pacingLagP99Ms: 0.3,
  pacingShiftP50Ms: 0.01,
  pacingShiftP95Ms: 0.05,
  connectionWaitP99Ms: 900,
  loopUtilization: 0.4,
  cpuSeconds: 1,
  offeredShare: 1,
  hiccupShare: 0.001,
  pacer: 'thread',
};
const times = { serviceP50Ms: 5, responseP50Ms: 5, responseP95Ms: 20 };

test('a generator within its bounds is valid, whatever the wait for connections', () => {
  expect(judgeHealth(healthy, times)).toMatchObject({ valid: true, reasons: [], disturbances: [] });
});

test.each([
  [{ loopUtilization: 0.81 }, 'busy 81.0 %', { saturated: true, shifted: [] }],
  [{ offeredShare: 0.98 }, 'Only 98.0 %', { saturated: true, shifted: [] }],
  [{ pacingShiftP50Ms: 0.31 }, 'added 0.31 ms to the median', { saturated: false, shifted: ['p50'] }],
  [{ pacingShiftP95Ms: 1.01 }, 'added 1.01 ms to the p95', { saturated: false, shifted: ['p95'] }],
])('%o makes it invalid', (change, text, cause) => {
  const health = judgeHealth({ ...healthy, ...change }, times);
  expect(health).toMatchObject({ valid: false, ...cause });
  expect(health.reasons).toHaveLength(1);
  expect(health.reasons[0]).toContain(text);
});

test.each([
  [{ pacingLagP99Ms: 1.01 }, 'started 1.01 ms late'],
  [{ hiccupShare: 0.006 }, '0.6 %'],
])('%o is the doing of the machine and does not make it invalid', (change, text) => {
  const health = judgeHealth({ ...healthy, ...change }, times);
  expect(health).toMatchObject({ valid: true, reasons: [] });
  expect(health.disturbances).toHaveLength(1);
  expect(health.disturbances[0]).toContain(text);
});

test('slow applications allow a lag of 5 % of their median, and a shift of 5 % of the percentile', () => {
  const slow = { serviceP50Ms: 100, responseP50Ms: 100, responseP95Ms: 400 };
  expect(judgeHealth({ ...healthy, pacingLagP99Ms: 4.9 }, slow).disturbances).toEqual([]);
  expect(judgeHealth({ ...healthy, pacingLagP99Ms: 5.1 }, slow).disturbances).toHaveLength(1);
  expect(judgeHealth({ ...healthy, pacingShiftP50Ms: 4.9, pacingShiftP95Ms: 19 }, slow).valid).toBe(true);
  expect(judgeHealth({ ...healthy, pacingShiftP50Ms: 5.1 }, slow).valid).toBe(false);
});
