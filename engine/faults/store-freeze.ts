import { notRunning } from './restart.ts';
import { storeServerFault } from './store-server.ts';

/** The server is stopped in place: connections stay open and nothing answers. */
export const storeFreeze = storeServerFault({
  kind: 'store-freeze',
  title: 'Store freezes',
  meaning: 'The server that holds the data of the module stands still; its connections stay open and nothing answers.',
  unable: ({ capabilities }) => (capabilities.pause ? null : 'this runtime cannot pause the server of the store'),
  hit: async (server, { clock }) => {
    await server.pause();
    return {
      effectAtMs: clock.nowMs(),
      undo: async () => {
        if ((await server.status()).state === 'paused') await server.resume();
        return clock.nowMs();
      },
      remaining: () => notRunning(server),
    };
  },
});
