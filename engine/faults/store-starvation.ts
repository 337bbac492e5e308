import { storeServerFault } from './store-server.ts';

const starvedCores = 0.05;

/** A slow store: the server gets a twentieth of a core; undo restores the stored quota. */
export const storeStarvation = storeServerFault({
  kind: 'store-starvation',
  title: 'Slow store',
  meaning: 'The server that holds the data of the module gets a twentieth of a CPU.',
  unable: ({ capabilities }) =>
    capabilities.cpuQuota ? null : 'this runtime cannot lower the CPU of the server of the store',
  hit: async (server, { clock }) => {
    const { cpuLimitCores: before } = await server.status();
    await server.limitCpu(starvedCores);
    return {
      effectAtMs: clock.nowMs(),
      undo: async () => {
        await server.limitCpu(null);
        return clock.nowMs();
      },
      remaining: async () => {
        const { cpuLimitCores: now } = await server.status();
        return now === before ? null : `the server "${server.name}" of the store is still held to ${now} cores`;
      },
    };
  },
});
