import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, type TestContext } from 'vitest';
import { describeStores, hostTopology, type Cut, type StoreOfTests } from '../../kit/testing/index.ts';
import { anomalies, shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';

/** Orders and inventory together, payments apart: no transaction can span all three. */
const partly: Cut = {
  front: ['storefront', 'catalog', 'recommendations', 'cart'],
  trade: ['orders', 'inventory', 'notifications'],
  bank: ['payments'],
};
const shapes: Record<string, Cut> = { monolith: cuts.monolith, microservices: cuts.microservices, partly };

async function shopOf(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  store: StoreOfTests,
  cut: Cut,
  settings: unknown = {},
) {
  const topology = await hostTopology(modules, {
    cut,
    database: await store.database(),
    settings: { resilience: { deadlineMs: 500 }, ...(settings as object) },
  });
  onTestFinished(() => topology.close());
  return shopClient(topology);
}

/** A cart with two of a product: where the machine was too busy for the shop to say so in time, another one, since what was not answered may be done. */
async function filledCart(shop: Awaited<ReturnType<typeof shopOf>>): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const cart = `cart-${randomUUID()}`;
    const { status } = await shop.add(cart, 'p-1', 2);
    if (status === 200) return cart;
    if (attempt === 20) throw new Error(`no cart could be filled: ${status}`);
  }
}

describeStores((store) => {
  describe.each(Object.keys(shapes))('%s: the dependable check-out', (name) => {
    const cut = shapes[name]!;
    // They wait for deadlines and retries, not for the processor.
    it.concurrent.for([
      ['payments', 'errors', { share: 1 }],
      ['payments', 'hang', {}],
      ['payments', 'provider-outage', {}],
      ['payments', 'store-outage', {}],
      ['payments', 'slow', { delayMs: 450, jitter: 0.5 }],
      ['inventory', 'errors', { share: 1 }],
      ['inventory', 'hang', {}],
      ['inventory', 'store-outage', {}],
      ['inventory', 'slow', { delayMs: 150, jitter: 1 }],
      ['orders', 'store-outage', {}],
      ['orders', 'hang', {}],
      ['cart', 'errors', { share: 0.5 }],
      ['cart', 'hang', {}],
      ['cart', 'store-outage', {}],
      ['cart', 'slow', { delayMs: 200, jitter: 1 }],
      ['notifications', 'errors', { share: 0.7 }],
    ] as const)(
      'leaves no anomaly and every cart right when %s has %s',
      async ([module, kind, parameters], context) => {
        const shop = await shopOf(context, store, cut);
        const acknowledged: string[] = [];
        const filled = ['a', 'b'];
        const carts = new Map(await Promise.all(filled.map(async (key) => [key, await filledCart(shop)] as const)));
        await shop.withFault(module, kind, parameters, async () => {
          const keys = [...filled, 'c', 'd'];
          const answers = await Promise.all(
            keys.map((key) => (filled.includes(key) ? shop.checkOut(key, carts.get(key) ?? '') : shop.buy(key))),
          );
          answers.forEach(({ status }, index) => {
            if (status === 201) acknowledged.push(keys[index]!);
          });
        });
        await context.expect.poll(async () => (await shop.buy('after')).status, { timeout: 60_000 }).toBe(201);
        expect(anomalies(await shop.books())).toEqual([]);
        const confirmed = async () =>
          (await shop.books()).orders.orders.filter(({ status }) => status === 'confirmed').map(({ key }) => key);
        expect(await confirmed()).toEqual(expect.arrayContaining([...acknowledged, 'after']));
        for (const key of filled) {
          // A breaker that is still open answers for the cart at first, and an order may be confirmed late.
          const isRight = async () => {
            const { body } = await shop.get(`/api/carts/${carts.get(key)}`);
            const left = (body['lines'] as { quantity: number }[] | undefined)?.map(({ quantity }) => quantity);
            return { left, due: (await confirmed()).includes(key) ? [] : [2] };
          };
          await context.expect
            .poll(isRight, { timeout: 60_000 })
            .toSatisfy(({ left, due }) => isDeepStrictEqual(left, due));
        }
      },
    );

    it('lets the buyer try again with the same key after a failure', async (context) => {
      const shop = await shopOf(context, store, cut);
      const failed = await shop.withFault('payments', 'provider-outage', {}, () => shop.buy('again'));
      expect(failed).toMatchObject({ status: 503, body: { error: { code: 'provider-unavailable' } } });
      await shop.books();
      expect((await shop.checkOut('again', 'cart-again')).status).toBe(201);
      expect(anomalies(await shop.books())).toEqual([]);
    });

    it('sells once when the same check-out is sent many times at once', async (context) => {
      const shop = await shopOf(context, store, cut);
      await shop.add('cart-x', 'p-1');
      const answers = await Promise.all(Array.from({ length: 8 }, () => shop.checkOut('x', 'cart-x')));
      expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['id'])}`)).size).toBe(1);
      expect(anomalies(await shop.books())).toEqual([]);
    });

    it('notifies directly when there is no outbox', async (context) => {
      const shop = await shopOf(context, store, cut, { outbox: false });
      await shop.buy('direct');
      await expect.poll(async () => (await shop.books()).notifications.sent).toEqual(['direct']);
      await shop.withFault('notifications', 'errors', { share: 1 }, () => shop.buy('unheard'));
      const books = await shop.books();
      expect(anomalies(books)).toEqual(['notified: ["direct"] instead of ["direct","unheard"]']);
    });
  });

  describe.each(Object.keys(cuts))('%s: check-outs that are wrong on purpose', (name) => {
    const cut = cuts[name as keyof typeof cuts];
    it('are right when nothing fails', async (context) => {
      for (const consistency of ['naive', 'acknowledge-before-commit', 'retry-without-key']) {
        const shop = await shopOf(context, store, cut, { consistency });
        expect((await Promise.all(['a', 'b', 'c'].map((key) => shop.buy(key)))).map(({ status }) => status)).toEqual([
          201, 201, 201,
        ]);
        expect(anomalies(await shop.books())).toEqual([]);
      }
    });

    it('naive leaves stock sold without an order when payments fail', async (context) => {
      const shop = await shopOf(context, store, cut, { consistency: 'naive' });
      await shop.withFault('payments', 'errors', { share: 1 }, () => shop.buy('a'));
      expect(anomalies(await shop.books())).toEqual(['sold: 2 instead of 0']);
    });

    it('acknowledge-before-commit loses acknowledged orders', async (context) => {
      const shop = await shopOf(context, store, cut, { consistency: 'acknowledge-before-commit' });
      const answer = await shop.withFault('payments', 'provider-outage', {}, async () => {
        const early = await shop.buy('lost');
        await shop.books();
        return early;
      });
      expect(answer).toMatchObject({ status: 201, body: { status: 'confirmed' } });
      expect((await shop.books()).orders.orders.filter(({ status }) => status === 'confirmed')).toEqual([]);
    });

    it('retry-without-key charges and orders twice when payments are slow', async (context) => {
      const shop = await shopOf(context, store, cut, {
        consistency: 'retry-without-key',
        resilience: { deadlineMs: 1500 },
      });
      await shop.withFault('payments', 'slow', { delayMs: 700 }, () => shop.buy('twice'));
      const books = await shop.books();
      expect(books.payments.captures.filter(({ orderKey }) => orderKey === 'twice').length).toBeGreaterThan(1);
      expect(
        books.orders.orders.filter(({ key, status }) => key === 'twice' && status === 'confirmed').length,
      ).toBeGreaterThan(1);
    });
  });
});
