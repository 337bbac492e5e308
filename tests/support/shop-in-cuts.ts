import { expect, it } from 'vitest';
import { spawnTopology } from '../../sample-apps/kit/testing/index.ts';
import { anomalies, shopClient } from '../../sample-apps/shop/testing/client.ts';
import { cuts, kitSource, sources } from '../../sample-apps/shop/testing/index.ts';
import { describeWithBrowser, shop } from './shopper.ts';

/** A person shops in a browser in the shop cut in each of these ways, without an engine. */
export function shopsInCuts(names: readonly string[]): void {
  describeWithBrowser('a person shops in a browser', (browser) => {
    it.each(names)('%s', async (name) => {
      const topology = await spawnTopology({
        cut: cuts[name as keyof typeof cuts],
        kit: kitSource,
        sources,
        seed: { value: 20260101, sizes: { products: 1200, stock: 100_000 } },
      });
      try {
        await shop(browser(), topology.url('storefront'));
        const books = await shopClient(topology).books();
        expect(books.orders.orders.map(({ status }) => status).toSorted()).toEqual(['confirmed', 'rejected']);
        expect(anomalies(books)).toEqual([]);
      } finally {
        await topology.close();
      }
    });
  });
}
