import { expect, it } from 'vitest';
import { describePostgres, hostTopology } from '../kit/testing/index.ts';
import { anomalies, shopClient } from './testing/client.ts';
import { cuts, modules } from './testing/index.ts';

describePostgres('a database server that is killed under check-outs and comes back', (server) => {
  it.each(['monolith', 'macroservices', 'microservices'] as const)(
    '%s: loses no order that was acknowledged, and leaves clean books',
    async (name) => {
      const topology = await hostTopology(modules, {
        cut: cuts[name],
        database: await server().create(),
        settings: { resilience: { deadlineMs: 1000 } },
      });
      const shop = shopClient(topology);
      const acknowledged: string[] = [];
      const statuses = new Set<number>();
      const state = { going: true };
      const buyer = async (number: number): Promise<void> => {
        for (let count = 0; state.going; count++) {
          const key = `order-${number}-${count}`;
          const { status } = await shop.buy(key);
          statuses.add(status);
          if (status === 201) acknowledged.push(key);
        }
      };
      const some = async (): Promise<void> => {
        const before = acknowledged.length;
        while (acknowledged.length < before + 20)
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
      };
      const outages = async (): Promise<void> => {
        for (const how of ['kill', 'shutDown', 'kill'] as const) {
          await some();
          await server()[how]();
          await server().start();
        }
        await some();
        state.going = false;
      };
      await Promise.all([outages(), ...Array.from({ length: 6 }, (_, number) => buyer(number))]);
      const books = await shop.books();
      expect(anomalies(books)).toEqual([]);
      const confirmed = new Set(
        books.orders.orders.filter(({ status }) => status === 'confirmed').map(({ key }) => key),
      );
      expect(acknowledged.filter((key) => !confirmed.has(key))).toEqual([]);
      // Whoever was not served was told that it may pass; or that the cart is empty, which nothing could be put into.
      expect([...statuses].filter((status) => ![201, 409, 503, 504].includes(status))).toEqual([]);
      await topology.close();
    },
  );
});
