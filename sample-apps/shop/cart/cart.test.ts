import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { anomalies, shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';

type Lines = { productId: string; quantity: number }[];
type Shop = ReturnType<typeof shopClient>;

async function cartOf(shop: Shop, cart: string): Promise<Record<string, number>> {
  const { status, body } = await shop.get(`/api/carts/${cart}`);
  expect(status).toBe(200);
  return Object.fromEntries((body['lines'] as Lines).map(({ productId, quantity }) => [productId, quantity]));
}

describe.each(['monolith', 'microservices'] as const)('%s: the cart', (name) => {
  let topology: HostedTopology;
  let shop: Shop;
  beforeAll(async () => {
    topology = await hostTopology(modules, {
      cut: cuts[name],
      seed: { value: 7, sizes: { products: 150, stock: 1000 } },
    });
    shop = shopClient(topology);
  });
  afterAll(() => topology.close());

  it('keeps what comes in during a check-out, and loses what was bought', async () => {
    const entries = fc.array(fc.tuple(fc.constantFrom('p-1', 'p-2', 'p-3'), fc.integer({ min: 1, max: 4 })), {
      maxLength: 4,
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(entries, entries, async (before, during) => {
        const cart = `during-${name}-${round++}`;
        const wanted: Record<string, number> = {};
        await shop.add(cart, 'p-9', 2);
        for (const [id, quantity] of before) await shop.add(cart, id, quantity);
        const buying = shop.withFault('payments', 'slow', { delayMs: 60, jitter: 0 }, async () => {
          const bought = shop.checkOut(cart, cart);
          // The order is written down with what it buys, and only then is the money asked for.
          await expect.poll(async () => (await shop.get(`/api/orders/${cart}`)).status, { interval: 1 }).toBe(200);
          for (const [id, quantity] of during) {
            wanted[id] = (wanted[id] ?? 0) + quantity;
            await shop.add(cart, id, quantity);
          }
          return bought;
        });
        expect((await buying).status).toBe(201);
        await expect.poll(() => cartOf(shop, cart), { interval: 1 }).toEqual(wanted);
      }),
      {
        numRuns: 8,
        examples: [
          [[], [['p-9', 1]]],
          [[['p-1', 1]], [['p-1', 1]]],
        ],
      },
    );
    expect(anomalies(await shop.books())).toEqual([]);
  });

  it('takes out once for a key, whatever is repeated', async () => {
    await shop.add('once', 'p-1', 5);
    for (let time = 0; time < 3; time++)
      await fetch(`${topology.url('cart')}/cart/takeOut`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ cartId: 'once', key: 'key-1', lines: [{ productId: 'p-1', quantity: 2 }] }),
      });
    expect(await cartOf(shop, 'once')).toEqual({ 'p-1': 3 });
  });

  it('is bounded when it is filled, so that what went in can be seen, taken out and bought', async () => {
    const ids = Array.from({ length: 110 }, (_, index) => `p-${index + 1}`);
    // All at once: the bound holds for those that come together too.
    const answers = await Promise.all(ids.map((id) => shop.add('full', id)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array<number>(100).fill(200), ...Array<number>(10).fill(409)]);
    const lines = Object.keys(await cartOf(shop, 'full'));
    expect(lines).toHaveLength(100);
    expect((await shop.add('full', lines[0]!)).status).toBe(200);
    const removed = await fetch(`${topology.url('storefront')}/basket/remove`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'cart=full' },
      body: `productId=${lines[1]}`,
    });
    expect(removed.status).toBe(200);
    expect(Object.keys(await cartOf(shop, 'full'))).toHaveLength(99);
    expect((await shop.checkOut(`full-${name}`, 'full')).status).toBe(201);
  });
});
