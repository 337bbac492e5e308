import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePostgres, describeStores, hostTopology, type InProcessTopology } from '../kit/testing/index.ts';
import { anomalies, shopClient } from './testing/client.ts';
import { cuts, modules } from './testing/index.ts';

/** Instances of each unit, which have the same data. */
const instances = 3;

describeStores((store) => {
  let topology: InProcessTopology;
  let round = 0;
  beforeAll(async () => {
    topology = await hostTopology(modules, {
      cut: cuts.microservices,
      database: await store.database(),
      seed: { value: 7, sizes: { products: 150, stock: 30 } },
      settings: { resilience: { deadlineMs: 20_000 } },
    });
    for (const module of ['inventory', 'payments', 'cart', 'orders'])
      for (let count = 1; count < instances; count++) await topology.addInstance(module);
  });
  afterAll(() => topology.close());

  /** Asks one of the instances; the answer's status, or what it said. */
  async function ask(module: string, instance: number, operation: string, body: object): Promise<[number, unknown]> {
    const response = await fetch(`${topology.url(module, instance)}/${module}/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, await response.json()];
  }
  const audit = (module: string): Promise<unknown> => topology.control(module, 'GET', `/audit/${module}`);
  const instance = fc.nat(instances - 1);
  const key = fc.constantFrom('a', 'b', 'c');

  it('whatever is reserved, taken, committed and given back at once, stock is where it should be', async () => {
    type Audit = {
      stock: Record<'initial' | 'available' | 'reserved' | 'sold', number>;
      negative: number;
      orders: { status: string; quantity: number }[];
    };
    const step = fc.record({
      instance,
      key,
      operation: fc.constantFrom('reserve', 'take', 'commit', 'release'),
      lines: fc.uniqueArray(
        fc.record({ productId: fc.constantFrom('p-1', 'p-2', 'p-3'), quantity: fc.integer({ min: 1, max: 9 }) }),
        {
          selector: ({ productId }) => productId,
          minLength: 1,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const run = round++;
        const answers = await Promise.all(
          steps.map(({ instance, key, operation, lines }) => {
            const body =
              operation === 'reserve' || operation === 'take'
                ? { key: `${run}-${key}#1`, lines }
                : { key: `${run}-${key}#1` };
            return ask('inventory', instance, operation, body);
          }),
        );
        expect(answers.filter(([status]) => status !== 200 && status !== 409)).toEqual([]);
        const { stock, negative, orders } = (await audit('inventory')) as Audit;
        const held = (status: string): number =>
          orders.filter((one) => one.status === status).reduce((sum, { quantity }) => sum + quantity, 0);
        expect({ negative, ...stock }).toEqual({
          negative: 0,
          initial: stock.initial,
          available: stock.initial - held('reserved') - held('sold'),
          reserved: held('reserved'),
          sold: held('sold'),
        });
        // What was promised holds, whatever came after.
        for (const [index, { key, operation }] of steps.entries()) {
          if (answers[index]![0] !== 200) continue;
          const status = orders.find((one) => (one as { key?: string }).key === `${run}-${key}#1`)?.status;
          if (operation === 'release') expect(status).toBe('released');
          if (operation === 'commit') expect(status).toBe('sold');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('whatever is authorised, captured and voided at once, money is taken once or not at all', async () => {
    const step = fc.record({ instance, key, operation: fc.constantFrom('authorise', 'capture', 'void') });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        const run = round++;
        const answers = await Promise.all(
          steps.map(({ instance, key, operation }) => {
            const named = { key: `${run}-${key}#1` };
            const order = { orderKey: `${run}-${key}`, amountCents: 100, card: '4242424242424242' };
            return ask('payments', instance, operation, operation === 'authorise' ? { ...named, ...order } : named);
          }),
        );
        expect(answers.filter(([status]) => status !== 200 && status !== 409)).toEqual([]);
        const { captures } = (await audit('payments')) as { captures: { key: string; status: string }[] };
        for (const one of ['a', 'b', 'c']) {
          const of = captures.filter((capture) => capture.key === `${run}-${one}#1`);
          const good = (operation: string): boolean =>
            steps.some((step, index) => step.key === one && step.operation === operation && answers[index]![0] === 200);
          expect(of.length).toBe(good('authorise') || good('void') || of.length === 1 ? 1 : 0);
          expect(good('capture') && good('void')).toBe(false);
          if (good('capture')) expect(of[0]!.status).toBe('captured');
          if (good('void')) expect(of[0]!.status).toBe('voided');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('whatever comes into a cart at once, it never holds more than can be bought', async () => {
    const products = Array.from({ length: 108 }, (_, index) => `p-${index + 1}`);
    const fill = await Promise.all(
      products
        .slice(0, 97)
        .map((productId, index) => ask('cart', index % instances, 'add', { cartId: 'full', productId, quantity: 1 })),
    );
    expect(new Set(fill.map(([status]) => status))).toEqual(new Set([200]));
    const more = await Promise.all(
      products
        .slice(97)
        .map((productId, index) => ask('cart', index % instances, 'add', { cartId: 'full', productId, quantity: 1 })),
    );
    expect(more.map(([status]) => status).toSorted()).toEqual([
      ...[200, 200, 200],
      ...Array.from({ length: 8 }, () => 409),
    ]);
    const piles = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        ask('cart', index % instances, 'add', { cartId: 'pile', productId: 'p-1', quantity: 10 }),
      ),
    );
    expect(piles.filter(([status]) => status === 200)).toHaveLength(9);
    const claims = await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        ask('cart', index % instances, 'claim', { cartId: 'pile', key: `pile#${index % 3}` }),
      ),
    );
    const winners = new Set(claims.flatMap(([status], index) => (status === 200 ? [index % 3] : [])));
    expect(winners.size).toBe(1);
    expect(claims.filter(([status]) => status === 200)).toHaveLength(3);
  });

  it('check-outs of one and the same product at all instances sell what there is', async () => {
    const shop = shopClient(topology);
    for (const module of ['inventory', 'payments', 'cart', 'orders']) await topology.tell(module, [0, 1, 2]);
    const answers = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        await shop.add(`hot-${index}`, 'p-140', 2);
        return shop.checkOut(`hot-${index}`, `hot-${index}`);
      }),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(15);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
    const { orders, notifications } = await shop.books();
    const confirmed = orders.orders.filter(({ status }) => status === 'confirmed');
    expect(confirmed).toHaveLength(15);
    expect(notifications.sent.toSorted()).toEqual(confirmed.map(({ key }) => key).toSorted());
  });
});

describePostgres('one transaction over several modules', (server) => {
  it('begins anew when another instance was faster, which no policy repeats and nobody counts as a failure', async () => {
    const topology = await hostTopology(modules, {
      cut: {
        front: ['storefront', 'catalog', 'recommendations', 'cart', 'notifications'],
        trade: ['orders', 'inventory', 'payments'],
      },
      database: await server().create(),
      settings: {
        resilience: {
          deadlineMs: 20_000,
          retries: { count: 3, backoffMs: 1, jitter: 0, budget: null },
          circuitBreaker: { failureShare: 0.01, windowMs: 10_000, minimumCallsPerSecond: 0, openMs: 10_000 },
        },
      },
    });
    await topology.addInstance('orders');
    await topology.tell('orders', [0, 1]);
    const shop = shopClient(topology);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => shop.buy(`order-${index}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(anomalies(await shop.books())).toEqual([]);
    for (const instance of [0, 1]) {
      const metrics = await topology.control('orders', 'GET', '/metrics', undefined, instance);
      expect(metrics).toMatchObject({
        modules: { orders: { failures: 0 }, inventory: { failures: 0 }, payments: { failures: 0 } },
        policies: { retries: 0, breakerOpens: 0 },
      });
    }
    await topology.close();
  });
});
