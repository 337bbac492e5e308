import { expect, it } from 'vitest';
import { resourcesDuring } from './index.ts';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** A unit that has used a second more of CPU each time somebody looks. */
function busyUnit() {
  let looks = 0;
  return {
    name: 'shop',
    stats: () => {
      looks += 1;
      const counted = { atMs: looks * 100, cpuSeconds: looks, memoryBytes: 10 - looks };
      return Promise.resolve({ ...counted, networkReceivedBytes: null, networkSentBytes: null });
    },
  };
}

it('gives what was used from before the work until after it', async () => {
  const used = await resourcesDuring([busyUnit()], () => Promise.resolve('done'));
  expect(used).toMatchObject({ value: 'done', windowMs: 100, units: [{ unit: 'shop', cpuSeconds: 1 }] });
  expect(used.units[0]?.memoryPeakBytes).toBe(9);
});

it('watches no longer when the work fails, so that nothing keeps the process alive', async () => {
  const before = timers();
  await expect(resourcesDuring([busyUnit()], () => Promise.reject(new Error('cancelled')))).rejects.toThrow(
    'cancelled',
  );
  await new Promise(setImmediate);
  expect(timers()).toBe(before);
});
