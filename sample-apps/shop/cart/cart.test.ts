import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeStores, hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { anomalies, shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';

type Lines = { productId: string; quantity: number }[];
type Shop = ReturnType<typeof shopClient>;

async function cartOf(shop: Shop, cart: string): Promise<Record<string, number>> {
  const { status, body } = await shop.get(`/api/carts/${cart}`);
  expect(status).toBe(200);
  return Object.fromEntries((body['lines'] as Lines).map(({ productId, quantity }) => [productId, quantity]));
}

describeStores((store) => {
  describe.each(['monolith', 'microservices'] as const)('%s: the cart', (name) => {
    let topology: HostedTopology;
    let shop: Shop;
    beforeAll(async () => {
      topology = await hostTopology(modules, {
        cut: cuts[name],
        database: await store.database(),
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

    it('refuses more than it holds of one product, also while it is being bought, and adds nothing then', async () => {
      await shop.add('many', 'p-1', 99);
      expect(await shop.add('many', 'p-1', 5)).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
      const during = await shop.withFault('payments', 'slow', { delayMs: 60, jitter: 0 }, async () => {
        const bought = shop.checkOut(`many-${name}`, 'many');
        await expect.poll(async () => (await shop.get(`/api/orders/many-${name}`)).status, { interval: 1 }).toBe(200);
        const { status } = await shop.add('many', 'p-1', 5);
        expect((await bought).status).toBe(201);
        return status;
      });
      await shop.books();
      expect(await cartOf(shop, 'many')).toEqual(during === 200 ? { 'p-1': 5 } : {});
      expect((await shop.add('many', 'p-1', 5)).status).toBe(200);
    });

    it('is sold once, however many check-outs come at once and whatever their keys', async () => {
      await shop.add('twice', 'p-1', 3);
      const answers = await Promise.all(
        ['a', 'b', 'b', 'c'].map((key) => shop.checkOut(`twice-${name}-${key}`, 'twice')),
      );
      const won = answers.filter(({ status }) => status === 201).map(({ body }) => body['id']);
      expect(new Set(won).size).toBe(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(answers.length - won.length);
      await shop.books();
      expect(await cartOf(shop, 'twice')).toEqual({});
    });

    it('can be bought again at once after a refusal, and after any failure once that is undone', async () => {
      await shop.add('again', 'p-1', 2);
      expect((await shop.checkOut(`declined-${name}`, 'again', '4000000000000002')).status).toBe(409);
      await shop.withFault('payments', 'errors', { share: 1 }, () => shop.checkOut(`failed-${name}`, 'again'));
      expect(await cartOf(shop, 'again')).toEqual({ 'p-1': 2 });
      await shop.books();
      expect((await shop.checkOut(`paid-${name}`, 'again')).status).toBe(201);
      await shop.books();
      expect(await cartOf(shop, 'again')).toEqual({});
    });

    it('a key that found the cart empty may be used when there is something in it', async () => {
      expect((await shop.checkOut(`early-${name}`, 'early')).status).toBe(409);
      expect((await shop.get(`/api/orders/early-${name}`)).status).toBe(404);
      await shop.add('early', 'p-1');
      expect((await shop.checkOut(`early-${name}`, 'early')).status).toBe(201);
    });

    it('what is taken out of it while it is bought is bought, and what is put in after that is not', async () => {
      await shop.add('changed', 'p-1', 5);
      await shop.withFault('payments', 'slow', { delayMs: 60, jitter: 0 }, async () => {
        const bought = shop.checkOut(`changed-${name}`, 'changed');
        await expect
          .poll(async () => (await shop.get(`/api/orders/changed-${name}`)).status, { interval: 1 })
          .toBe(200);
        await fetch(`${topology.url('storefront')}/basket/remove`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'cart=changed' },
          body: 'productId=p-1',
        });
        await shop.add('changed', 'p-1', 3);
        expect((await bought).body['lines']).toMatchObject([{ productId: 'p-1', quantity: 5 }]);
      });
      await shop.books();
      expect(await cartOf(shop, 'changed')).toEqual({ 'p-1': 3 });
    });

    it('loses and makes no unit, whatever is put in and bought at once, and however the check-outs end', async () => {
      const cards = { pays: '4242424242424242', declines: '4000000000000002' } as const;
      const step = fc.oneof(
        fc.record({ product: fc.constantFrom('p-1', 'p-2'), quantity: fc.integer({ min: 1, max: 60 }) }),
        fc.record({
          key: fc.constantFrom('a', 'b', 'c'),
          card: fc.constantFrom<keyof typeof cards>('pays', 'declines'),
        }),
      );
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), fc.scheduler(), async (steps, scheduler) => {
          const cart = `kept-${name}-${round++}`;
          const put = new Map<string, number>();
          const asked = steps.map(async (one) => {
            await scheduler.schedule(Promise.resolve());
            if ('key' in one) return shop.checkOut(`${cart}-${one.key}`, cart, cards[one.card]);
            const answer = await shop.add(cart, one.product, one.quantity);
            expect([200, 409]).toContain(answer.status);
            if (answer.status === 200) put.set(one.product, (put.get(one.product) ?? 0) + one.quantity);
            return answer;
          });
          await scheduler.waitAll();
          await Promise.all(asked);
          const { orders } = (await shop.books()).orders;
          const found = new Map(Object.entries(await cartOf(shop, cart)));
          for (const { key, status, items } of orders)
            if (key.startsWith(`${cart}-`) && status === 'confirmed')
              for (const { productId, quantity } of items) found.set(productId, (found.get(productId) ?? 0) + quantity);
          expect([...found].toSorted()).toEqual([...put].toSorted());
        }),
        { numRuns: 20 },
      );
      expect(anomalies(await shop.books())).toEqual([]);
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
});
