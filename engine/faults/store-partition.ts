import { notRunning } from './restart.ts';
import { storeServerFault } from './store-server.ts';

/** The server is cut off the network of the units; undo connects it under its old name. */
export const storePartition = storeServerFault({
  kind: 'store-partition',
  title: 'Store out of reach',
  meaning: 'No unit can reach the server that holds the data of the module; it runs on, and what it has stays.',
  unable: ({ capabilities }) =>
    capabilities.partition ? null : 'this runtime cannot cut the server of the store off the network',
  hit: async (server, { clock }) => {
    await server.disconnect();
    return {
      effectAtMs: clock.nowMs(),
      undo: async () => {
        await server.connect();
        return clock.nowMs();
      },
      remaining: () => notRunning(server),
    };
  },
});
