import { moduleFault } from './module-fault.ts';

export const connectionReset = moduleFault({
  kind: 'connection-reset',
  title: 'Connection reset',
  meaning: 'Requests to the module end in a reset connection.',
});
