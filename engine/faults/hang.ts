import { moduleFault } from './module-fault.ts';

export const hang = moduleFault({
  kind: 'hang',
  title: 'Hang',
  meaning: 'Calls into the module do not return until the fault is undone.',
});
