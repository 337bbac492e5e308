import { moduleFault } from './module-fault.ts';

export const errors = moduleFault({
  kind: 'errors',
  title: 'Errors',
  meaning: 'A share of the calls into the module fail at once.',
  parameters: (fault) => ({ share: fault.share ?? 0.5 }),
});
