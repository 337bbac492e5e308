import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeStores, hostTopology, type Cut, type StoreOfTests } from '../kit/testing/index.ts';
import { anomalies, shopClient } from './testing/client.ts';
import { cuts, moduleNames, modules } from './testing/index.ts';

/** Any assignment of the modules to at most `moduleNames.length` units. */
const anyCut: fc.Arbitrary<Cut> = fc
  .array(fc.nat(moduleNames.length - 1), { minLength: moduleNames.length, maxLength: moduleNames.length })
  .map((homes) => {
    const cut: Record<string, string[]> = {};
    moduleNames.forEach((name, index) => (cut[`unit-${homes[index]}`] ??= []).push(name));
    return cut;
  });

/** What one visitor sees, from the first page to the order; ids that the shop makes up are left out. */
async function shopping(cut: Cut, store?: StoreOfTests): Promise<unknown> {
  const topology = await hostTopology(modules, { cut, database: await store?.database() });
  try {
    const shop = shopClient(topology);
    const seen: unknown[] = [
      await shop.get('/api/home'),
      await shop.get('/api/search?q=oak'),
      await shop.get('/api/products/p-7'),
      await shop.get('/api/products/p-7/recommendations'),
      await shop.get('/api/products/p-999999'),
      await shop.get('/api/products/nonsense'),
      await shop.add('cart-1', 'p-7', 2),
      await shop.add('cart-1', 'p-7', 1),
      await shop.add('cart-1', 'p-9'),
      await shop.add('cart-1', 'p-999999'),
      await shop.get('/api/carts/cart-1'),
      await shop.checkOut('declined', 'cart-1', '4000000000000002'),
    ];
    const order = await shop.checkOut('order-1', 'cart-1');
    const again = await shop.checkOut('order-1', 'cart-1');
    expect(again).toEqual(order);
    seen.push(
      { ...order, body: { ...order.body, id: '' } },
      await shop.checkOut('order-2', 'cart-empty'),
      await shop.checkOut('no spaces', 'cart-1'),
    );
    await shop.add('cart-2', 'p-3', 99);
    for (let index = 0; index < 10; index++) await shop.add('cart-2', 'p-3', 99);
    const books = await shop.books();
    expect(anomalies(books)).toEqual([]);
    expect(books.orders.orders.map(({ key, status }) => [key, status])).toEqual([
      ['declined', 'rejected'],
      ['order-1', 'confirmed'],
    ]);
    return seen;
  } finally {
    await topology.close();
  }
}

describe('the shop', () => {
  it('is the same to a visitor in the monolith, in macroservices, in microservices and in any other cut', async () => {
    const monolith = await shopping(cuts.monolith);
    expect((monolith as { status: number }[]).map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 404, 400, 200, 200, 200, 404, 200, 409, 201, 409, 400,
    ]);
    for (const cut of [cuts.macroservices, cuts.microservices]) expect(await shopping(cut)).toEqual(monolith);
    await fc.assert(
      fc.asyncProperty(anyCut, async (cut) => {
        expect(await shopping(cut)).toEqual(monolith);
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

describeStores((store) => {
  it('the shop is the same to a visitor as on any other store', async () => {
    const monolith = await shopping(cuts.monolith);
    for (const cut of Object.values(cuts)) expect(await shopping(cut, store)).toEqual(monolith);
  });

  it('refuses cleanly when stock is sold out, and sells the last piece once', async () => {
    for (const cut of Object.values(cuts)) {
      const topology = await hostTopology(modules, {
        cut,
        database: await store.database(),
        seed: { value: 1, sizes: { products: 3, stock: 2 } },
      });
      const shop = shopClient(topology);
      const answers = await Promise.all(['a', 'b', 'c'].map((key) => shop.buy(key)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
      expect(anomalies(await shop.books())).toEqual([]);
      await topology.close();
    }
  });
});
