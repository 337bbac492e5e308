import { moduleFault } from './module-fault.ts';

export const storeOutage = moduleFault({
  kind: 'store-outage',
  title: 'Store outage',
  meaning: 'Every access of the module to its data fails.',
});
