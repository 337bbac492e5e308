import { awaitReady, notRunning } from './restart.ts';
import type { FaultDefinition } from './types.ts';

/** The process is killed and stays down; undo starts it again. */
export const crashStaysDown: FaultDefinition = {
  kind: 'crash-stays-down',
  title: 'Crash, stays down',
  meaning: 'The unit that hosts the module is killed and not started again until the fault is undone.',
  scope: 'unit',
  selfHealing: false,
  impossible: () => null,
  inject: async ({ deployment, fault }) => {
    const unit = deployment.unitHosting(fault.module);
    await unit.kill();
    const effectAtMs = deployment.clock.nowMs();
    return {
      unit: unit.name,
      effectAtMs,
      undo: async () => {
        if ((await unit.status()).state !== 'running') await unit.start();
        return awaitReady(deployment, unit);
      },
      remaining: () => notRunning(unit),
    };
  },
};
