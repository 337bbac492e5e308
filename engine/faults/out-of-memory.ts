import type { FaultDefinition } from './types.ts';
import { awaitReady, notRunning } from './restart.ts';

/** One allocation past the limit of the unit; the kernel ends the process and the runtime starts it again. */
export const outOfMemory: FaultDefinition = {
  kind: 'out-of-memory',
  title: 'Out of memory',
  meaning: 'The module takes more memory than its unit may have, in one step; the process is ended and started again.',
  scope: 'unit',
  selfHealing: true,
  impossible: ({ deployment }) =>
    deployment.capabilities.memoryLimit ? null : 'this runtime does not hold units to a memory limit, so running out of it would hurt the machine',
  inject: async ({ deployment, fault, id, limitMs }) => {
    const unit = deployment.unitHosting(fault.module);
    const { effectAtMs } = await deployment.control(unit.name).inject({ id, module: fault.module, kind: 'out-of-memory', parameters: {}, limitMs });
    return { unit: unit.name, effectAtMs, undo: () => awaitReady(deployment, unit), remaining: () => notRunning(unit) };
  },
};
