import { notRunning } from './restart.ts';
import type { FaultDefinition } from './types.ts';

/** The process is stopped in place: connections stay open and nothing answers. */
export const freeze: FaultDefinition = {
  kind: 'freeze',
  title: 'Freeze',
  meaning: 'The whole unit that hosts the module stands still; its connections stay open and nothing answers.',
  scope: 'unit',
  selfHealing: false,
  impossible: ({ deployment }) => (deployment.capabilities.pause ? null : 'this runtime cannot pause a unit'),
  inject: async ({ deployment, fault }) => {
    const unit = deployment.unitHosting(fault.module);
    await unit.pause();
    const effectAtMs = deployment.clock.nowMs();
    return {
      unit: unit.name,
      effectAtMs,
      undo: async () => {
        if ((await unit.status()).state === 'paused') await unit.resume();
        return deployment.clock.nowMs();
      },
      remaining: () => notRunning(unit),
    };
  },
};
