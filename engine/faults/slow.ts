import { moduleFault } from './module-fault.ts';

export const slow = moduleFault({
  kind: 'slow',
  title: 'Slow',
  meaning: 'Every call into the module takes longer by a fixed or spread delay.',
  parameters: (fault) => ({ delayMs: fault.delayMs ?? 200, jitter: fault.jitter ?? 0 }),
});
