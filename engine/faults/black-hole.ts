import { moduleFault } from './module-fault.ts';

export const blackHole = moduleFault({
  kind: 'black-hole',
  title: 'Black hole',
  meaning: 'Requests to the module are accepted and never answered.',
});
