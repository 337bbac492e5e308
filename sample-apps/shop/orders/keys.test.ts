import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeStores, hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { anomalies, shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';

const customer = { name: 'Ada', email: 'ada@example.com', address: '1 Street' };
const card = '4242424242424242';

describeStores((store) => {
  describe.each(['monolith', 'microservices'] as const)('%s: the key of a check-out', (name) => {
    let topology: HostedTopology;
    let shop: ReturnType<typeof shopClient>;
    beforeAll(async () => {
      topology = await hostTopology(modules, { cut: cuts[name], database: await store.database() });
      shop = shopClient(topology);
    });
    afterAll(() => topology.close());

    /** Asks the module itself, as any program may, with that header. */
    async function checkOut(key: string | undefined, orderKey: string): Promise<{ status: number; id: unknown }> {
      await shop.add(`cart-${orderKey}`, 'p-1');
      const response = await fetch(`${topology.url('orders')}/orders/checkOut`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
        body: JSON.stringify({ orderKey, cartId: `cart-${orderKey}`, customer, card }),
      });
      return { status: response.status, id: ((await response.json()) as { id?: unknown }).id };
    }

    it('is refused before anything is done under it when it cannot be one', async () => {
      const keyLike = /^("?)[A-Za-z0-9_-]{1,64}\1$/;
      const visible = fc.string({
        unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      });
      const bad = fc
        .oneof(
          visible,
          visible.map((text) => text.padEnd(65, 'x')),
        )
        .filter((text) => !keyLike.test(text));
      let order = 0;
      await fc.assert(
        fc.asyncProperty(bad, async (key) => {
          expect((await checkOut(key, `bad-${order++}`)).status).toBe(400);
        }),
        { numRuns: 20, examples: [[''], ['x'.repeat(130)], ['a#1'], ['"'], ['""']] },
      );
      // Twenty of the kind that once stood before every later failure.
      for (let index = 0; index < 20; index++) await checkOut('k'.repeat(130), `long-${index}`);
      const failed = await shop.withFault('payments', 'errors', { share: 1 }, () => shop.buy('later'));
      expect(failed.status).toBe(500);
      const books = await shop.books();
      expect(books.orders.orders.map(({ key, status }) => [key, status])).toEqual([['later', 'cancelled']]);
      expect(anomalies(books)).toEqual([]);
    });

    it('may come in the quotes of a structured header', async () => {
      const first = await checkOut('"quoted-1"', 'quoted');
      expect(first.status).toBe(200);
      expect(await checkOut('quoted-1', 'quoted')).toEqual(first);
    });

    it('answers 422 with another body, at any time, and buys nothing', async () => {
      await shop.add('cart-one', 'p-1');
      await shop.add('cart-two', 'p-2');
      const [first, other] = await Promise.all([
        shop.checkOut('shared', 'cart-one'),
        shop.checkOut('shared', 'cart-two'),
      ]);
      expect([first.status, other.status].toSorted()).toEqual([201, 422]);
      const [won, lost] = first.status === 201 ? ['cart-one', 'cart-two'] : ['cart-two', 'cart-one'];
      expect(await shop.checkOut('shared', lost)).toMatchObject({
        status: 422,
        body: { error: { code: 'key-reused' } },
      });
      expect((await shop.checkOut('shared', won)).body).toEqual((first.status === 201 ? first : other).body);
      const books = await shop.books();
      expect(books.orders.orders.filter(({ key }) => key === 'shared')).toHaveLength(1);
      expect(anomalies(books)).toEqual([]);
    });
  });

  it('the naive check-out does not give one buyer the order of another either', async () => {
    const topology = await hostTopology(modules, { cut: cuts.monolith, settings: { consistency: 'naive' } });
    const shop = shopClient(topology);
    await shop.add('cart-one', 'p-1');
    await shop.add('cart-two', 'p-2');
    expect((await shop.checkOut('shared', 'cart-one')).status).toBe(201);
    expect((await shop.checkOut('shared', 'cart-two')).status).toBe(422);
    expect((await shop.checkOut('shared', 'cart-one')).status).toBe(201);
    await topology.close();
  });

  describe.each(['monolith', 'microservices'] as const)('%s: who joins a check-out that is under way', (name) => {
    it('is not answered with the end of another caller’s time', async () => {
      const topology = await hostTopology(modules, {
        cut: cuts[name],
        settings: { resilience: { deadlineMs: 5000 }, tunables: { 'provider-latency': 200 } },
      });
      try {
        const shop = shopClient(topology);
        await shop.add('cart', 'p-1');
        const ask = async (deadlineMs: number | null) => {
          const response = await fetch(`${topology.url('storefront')}/api/orders`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(deadlineMs === null ? {} : { 'x-deadline-ms': String(deadlineMs) }),
            },
            body: JSON.stringify({ orderKey: 'one', cartId: 'cart', customer, card }),
          });
          return response.status;
        };
        const impatient = ask(100);
        const patient = [ask(null), ask(null)];
        expect([201, 504]).toContain(await impatient);
        expect(await Promise.all(patient)).toEqual([201, 201]);
        const books = await shop.books();
        expect(books.orders.orders.filter(({ status }) => status === 'confirmed')).toHaveLength(1);
        expect(anomalies(books)).toEqual([]);
      } finally {
        await topology.close();
      }
    });
  });

  it('a key in the header that is not the one in the body is refused, and the same one is taken', async () => {
    const topology = await hostTopology(modules, { cut: cuts.monolith });
    try {
      const shop = shopClient(topology);
      const ask = async (header: string, orderKey: string) => {
        await shop.add(`cart-${orderKey}`, 'p-1');
        const response = await fetch(`${topology.url('storefront')}/api/orders`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': header },
          body: JSON.stringify({ orderKey, cartId: `cart-${orderKey}`, customer, card }),
        });
        return response.status;
      };
      expect([await ask('same', 'first'), await ask('same', 'second')]).toEqual([400, 400]);
      expect([await ask('"third"', 'third'), await ask('third', 'third')]).toEqual([201, 201]);
      expect((await shop.books()).orders.orders).toHaveLength(1);
    } finally {
      await topology.close();
    }
  });
});
