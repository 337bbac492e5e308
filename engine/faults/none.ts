import type { FaultDefinition } from './types.ts';

/** The control: windows as for a fault, but nothing is done. What it shows is noise. */
export const none: FaultDefinition = {
  kind: 'none',
  title: 'No fault (control)',
  meaning: 'Nothing is done; whatever this row shows is noise.',
  scope: 'module',
  selfHealing: false,
  impossible: () => null,
  inject: async ({ deployment, fault }) => ({
    unit: deployment.unitHosting(fault.module).name,
    effectAtMs: deployment.clock.nowMs(),
    undo: async () => deployment.clock.nowMs(),
    remaining: async () => null,
  }),
};
