import { lastUpMs, listenForUp, untilUp } from '../deploy/index.ts';
import { notRunning } from './restart.ts';
import { storeServerFault } from './store-server.ts';

/** Every process of the server ends at once, as when it runs out of memory; what it acknowledged is in its log, from which it recovers. */
export const storeCrash = storeServerFault({
  kind: 'store-crash',
  title: 'Store crashes, comes back',
  meaning: 'The server that holds the data of the module is killed and started again; it recovers from its log.',
  selfHealing: true,
  unable: () => null,
  hit: async (server, { clock, site }) => {
    const beforeMs = await lastUpMs(server);
    await server.kill();
    const effectAtMs = clock.nowMs();
    // From the start on: until the undo it may log more than the lines that the runtime keeps.
    let listener = listenForUp(server, beforeMs);
    await server.start();
    return {
      effectAtMs,
      undo: async () => {
        if ((await server.status()).state !== 'running') {
          listener.stop();
          // That it was up before it ended once more does not count.
          listener = listenForUp(server, listener.upAtMs ?? beforeMs);
          await server.start();
        }
        await untilUp(server, { site, clock, listener });
        listener.stop();
        return clock.nowMs();
      },
      remaining: () => notRunning(server),
    };
  },
});
