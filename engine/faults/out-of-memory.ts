import { moduleFault } from './module-fault.ts';

export const outOfMemory = moduleFault({
  kind: 'out-of-memory',
  title: 'Out of memory',
  meaning: 'The module takes more memory than its unit may have, in one step; the process is ended and started again.',
  scope: 'unit',
  selfHealing: true,
  impossible: ({ deployment }) =>
    deployment.capabilities.memoryLimit
      ? null
      : 'this runtime does not hold units to a memory limit, so running out of it would hurt the machine',
});
