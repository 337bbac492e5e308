import { expect, it } from 'vitest';
import { VirtualClock } from '../../clock/testing/index.ts';
import { resourcesDuring } from './index.ts';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** A deployment of a unit that has used a second more of CPU each time somebody looks. */
function busyDeployment() {
  let looks = 0;
  const unit = {
    name: 'shop',
    instance: 0,
    stats: () => {
      looks += 1;
      const counted = { atMs: looks * 100, cpuSeconds: looks, memoryBytes: 10 - looks };
      return Promise.resolve({ ...counted, networkReceivedBytes: null, networkSentBytes: null });
    },
  };
  return { clock: new VirtualClock(), units: [unit], databases: [], onUnitEvent: () => () => undefined };
}

it('gives what was used from before the work until after it', async () => {
  const deployment = busyDeployment();
  const used = await resourcesDuring(deployment, async () => {
    deployment.clock.setWall(7_200_000);
    await deployment.clock.delay(100);
    return 'done';
  });
  expect(used).toMatchObject({ value: 'done', windowMs: 100, units: [{ unit: 'shop', cpuSeconds: 1 }] });
  expect(used.units[0]?.memoryPeakBytes).toBe(9);
});

it('watches no longer when the work fails, so that nothing keeps the process alive', async () => {
  const before = timers();
  await expect(resourcesDuring(busyDeployment(), () => Promise.reject(new Error('cancelled')))).rejects.toThrow(
    'cancelled',
  );
  await new Promise(setImmediate);
  // Timers of others may have ended meanwhile.
  expect(timers()).toBeLessThanOrEqual(before);
});
