import { moduleFault } from './module-fault.ts';

export const cpuHog = moduleFault({
  kind: 'cpu-hog',
  title: 'CPU hog',
  meaning: 'The module burns a share of a CPU in small pieces beside its work.',
  parameters: (fault) => ({ share: fault.share ?? 0.8 }),
});
