import { moduleFault } from './module-fault.ts';

export const crash = moduleFault({
  kind: 'crash',
  title: 'Crash, heals itself',
  meaning: 'The module throws outside any request, which ends the process of its unit; the runtime starts it again.',
  selfHealing: true,
});
