import { expect, it } from 'vitest';
import { describeStores, spawnTopology, type SpawnedTopology } from '../kit/testing/index.ts';
import { anomalies, shopClient } from './testing/client.ts';
import { cuts, kitSource, sources } from './testing/index.ts';

const replacements = 10;
const buyers = 6;

/** Puts a new instance of the unit of `module` in the place of the one that serves, as the engine does. */
async function replace(topology: SpawnedTopology, module: string, old: number): Promise<number> {
  const fresh = await topology.addInstance(module);
  await topology.tell(module, [fresh]);
  expect(await topology.control(module, 'POST', '/drain', undefined, old)).toEqual({ settled: true, inFlight: 0 });
  expect(await topology.end(module, old)).toBe(0);
  return fresh;
}

describeStores((store) => {
  // Processes of their own, since two on one database file and the end of one are the point.
  it.each(['macroservices', 'microservices'] as const)(
    '%s: a unit that is replaced again and again under check-outs answers every one, and the books are clean',
    { timeout: 120_000 },
    async (name) => {
      const topology = await spawnTopology({
        cut: cuts[name],
        database: await store.database(),
        kit: kitSource,
        sources,
        seed: { value: 7, sizes: { products: 60, stock: 1_000_000 } },
        // Nothing here is about the patience of a busy machine.
        settings: { resilience: { deadlineMs: 30_000 } },
      });
      try {
        const shop = shopClient(topology);
        const state = { replacing: true };
        const statuses: Record<string, number> = {};
        const buy = async (buyer: number): Promise<void> => {
          for (let order = 0; state.replacing; order++) {
            const { status } = await shop.buy(`order-${buyer}-${order}`);
            statuses[status] = (statuses[status] ?? 0) + 1;
          }
        };
        const replaceAll = async (): Promise<void> => {
          let serving = 0;
          for (let count = 0; count < replacements; count++) serving = await replace(topology, 'orders', serving);
          state.replacing = false;
        };
        await Promise.all([replaceAll(), ...Array.from({ length: buyers }, (_, buyer) => buy(buyer))]);
        expect(Object.keys(statuses)).toEqual(['201']);
        expect(statuses['201']).toBeGreaterThan(replacements);
        const books = await shop.books();
        expect(books.orders.orders).toHaveLength(statuses['201']!);
        expect(anomalies(books)).toEqual([]);
      } finally {
        await topology.close();
      }
    },
  );
});
