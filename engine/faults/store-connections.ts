import { moduleFault } from './module-fault.ts';
import { noServer } from './store-server.ts';

/** As when something keeps a unit's connections and does not give them back. */
export const storeConnections = moduleFault({
  kind: 'store-connections',
  title: 'Too few connections',
  meaning: 'The unit that hosts the module has a single connection to its database server left.',
  scope: 'unit',
  impossible: noServer,
});
