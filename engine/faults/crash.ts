import type { FaultDefinition } from './types.ts';
import { awaitReady, notRunning } from './restart.ts';

/** An exception outside any request ends the process; the runtime's restart policy brings it back. */
export const crash: FaultDefinition = {
  kind: 'crash',
  title: 'Crash, heals itself',
  meaning: 'The module throws outside any request, which ends the process of its unit; the runtime starts it again.',
  scope: 'module',
  selfHealing: true,
  impossible: () => null,
  inject: async ({ deployment, fault, id, limitMs }) => {
    const unit = deployment.unitHosting(fault.module);
    const { effectAtMs } = await deployment.control(unit.name).inject({ id, module: fault.module, kind: 'crash', parameters: {}, limitMs });
    return { unit: unit.name, effectAtMs, undo: () => awaitReady(deployment, unit), remaining: () => notRunning(unit) };
  },
};
