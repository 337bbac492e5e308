import type { FaultDefinition } from './types.ts';

const starvedCores = 0.05;

/** The unit gets a twentieth of a core; undo restores the stored quota. */
export const cpuStarvation: FaultDefinition = {
  kind: 'cpu-starvation',
  title: 'CPU starvation',
  meaning: 'The unit that hosts the module gets a twentieth of a CPU.',
  scope: 'unit',
  selfHealing: false,
  impossible: ({ deployment }) =>
    deployment.capabilities.cpuQuota ? null : 'this runtime cannot lower the CPU of a running unit',
  inject: async ({ deployment, fault }) => {
    const unit = deployment.unitHosting(fault.module);
    const { cpuLimitCores: before } = await unit.status();
    await unit.limitCpu(starvedCores);
    const effectAtMs = deployment.clock.nowMs();
    return {
      unit: unit.name,
      effectAtMs,
      undo: async () => {
        await unit.limitCpu(null);
        return deployment.clock.nowMs();
      },
      remaining: async () => {
        const { cpuLimitCores: now } = await unit.status();
        return now === before ? null : `unit "${unit.name}" is still held to ${now} cores`;
      },
    };
  },
};
