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
  [{ pacingShiftP50Ms: 1.01 }, 'added 1.01 ms to the median', { saturated: false, shifted: ['p50'] }],
  [{ pacingShiftP95Ms: 4.01 }, 'added 4.01 ms to the p95', { saturated: false, shifted: ['p95'] }],
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

test.each([
  { loopUtilization: 0.8003, offeredShare: 1, pacingShiftP50Ms: 0 },
  { loopUtilization: 0.4, offeredShare: 0.98996, pacingShiftP50Ms: 0 },
  { loopUtilization: 0.4, offeredShare: 1, pacingShiftP50Ms: 1.0004 },
])('what broke a limit by a hair is not written as the limit: %o', (numbers) => {
  const [reason = ''] = judgeHealth({ ...healthy, ...numbers }, times).reasons;
  const [said, limit] = [...reason.matchAll(/([<>] )?(\d+\.\d+) (?:%|ms)/g)].map(([figure]) => figure);
  expect(said).toBeDefined();
  expect(said).not.toBe(limit);
});

test.each([0.2, 1, 5, 80])(
  'a median of %s ms allows late starts to have added a fifth of it, as every other does',
  (scale) => {
    const fast = { serviceP50Ms: scale, responseP50Ms: scale, responseP95Ms: 4 * scale };
    const added = (p50: number, p95: number) =>
      judgeHealth({ ...healthy, pacingShiftP50Ms: p50 * scale, pacingShiftP95Ms: p95 * scale }, fast).shifted;
    expect(added(0.19, 0.79)).toEqual([]);
    expect(added(0.21, 0.79)).toEqual(['p50']);
    expect(added(0.19, 0.81)).toEqual(['p95']);
  },
);

test('slow applications allow a lag of 5 % of their median', () => {
  const slow = { serviceP50Ms: 100, responseP50Ms: 100, responseP95Ms: 400 };
  expect(judgeHealth({ ...healthy, pacingLagP99Ms: 4.9 }, slow).disturbances).toEqual([]);
  expect(judgeHealth({ ...healthy, pacingLagP99Ms: 5.1 }, slow).disturbances).toHaveLength(1);
});
