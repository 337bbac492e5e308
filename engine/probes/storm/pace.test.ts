import { expect, it } from 'vitest';
import { paceOf } from './pace.ts';

const units = [
  { unit: 'front', cpuSeconds: 1 },
  { unit: 'back', cpuSeconds: 2 },
];
const journeys = { browse: { scheduled: 80, good: 80 }, buy: { scheduled: 20, good: 0 } };

it('takes the one process of the module as the bottleneck where the units have CPUs enough', () => {
  // 20 ms a journey in one process: 25 journeys a second keep it busy for half of the time.
  const pace = paceOf(units, journeys, { host: 'back', cpus: 4, utilisation: 0.5 });
  expect(pace).toEqual({ journeysPerSecond: 25, utilisation: 0.5, journeyCpuMs: 20 });
  expect(paceOf(units, journeys, { host: 'back', cpus: null, utilisation: 0.5 })).toEqual(pace);
});

it('takes what all units need where they share few CPUs', () => {
  const pace = paceOf(units, journeys, { host: 'back', cpus: 1, utilisation: 0.6 });
  expect(pace?.journeyCpuMs).toBeCloseTo(30);
  expect(pace?.journeysPerSecond).toBeCloseTo(20);
});

it('gives no rate where nothing was counted', () => {
  expect(paceOf(units, {}, { host: 'back', cpus: 1, utilisation: 0.5 })).toBeNull();
  expect(paceOf([], journeys, { host: 'back', cpus: 1, utilisation: 0.5 })).toBeNull();
});
