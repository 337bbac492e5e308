import { moduleFault } from './module-fault.ts';

export const memoryLeak = moduleFault({
  kind: 'memory-leak',
  title: 'Memory leak',
  impossible: ({ deployment }) =>
    deployment.capabilities.memoryLimit
      ? null
      : 'this runtime does not hold units to a memory limit, so the leak would hurt the machine',
  meaning: 'The module keeps more memory every second until the limit of its unit ends the process.',
  parameters: (fault) => ({ bytesPerSecond: (fault.share ?? 1) * 64 * 2 ** 20 }),
});
