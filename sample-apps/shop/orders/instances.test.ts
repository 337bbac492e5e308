import { expect, it, type TestContext } from 'vitest';
import { describeStores, hostTopology, type InProcessTopology, type StoreOfTests } from '../../kit/testing/index.ts';
import { anomalies, shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';

async function start(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  store: StoreOfTests,
  tunables: Record<string, number> = {},
): Promise<InProcessTopology> {
  const topology = await hostTopology(modules, {
    cut: cuts.microservices,
    database: await store.database(),
    settings: { resilience: { deadlineMs: 20_000 }, tunables },
  });
  onTestFinished(() => topology.close());
  return topology;
}
const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => `order-${index}`);

describeStores((store) => {
  it('messages that one instance has left are sent by the other, each once', async (context) => {
    const topology = await start(context, store);
    const shop = shopClient(topology);
    await shop.withFault('notifications', 'errors', { share: 1 }, async () => {
      const answers = await Promise.all(keys(5).map((key) => shop.buy(key)));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
      await topology.addInstance('orders');
      await topology.tell('orders', [1]);
      expect(await topology.control('orders', 'POST', '/drain', undefined, 0)).toEqual({ settled: true, inFlight: 0 });
      expect(await topology.control('orders', 'GET', '/audit/orders', undefined, 1)).toMatchObject({
        outbox: { pending: 5 },
      });
      await topology.takeAway('orders', 0);
    });
    const books = await shop.books();
    expect(books.notifications.sent.toSorted()).toEqual(keys(5));
    expect(anomalies(books)).toEqual([]);
  });

  it('check-outs at both instances at once leave clean books', async (context) => {
    const topology = await start(context, store);
    const shop = shopClient(topology);
    for (const module of ['orders', 'payments', 'inventory', 'cart', 'notifications']) {
      await topology.addInstance(module);
      await topology.tell(module, [0, 1]);
    }
    const answers = await Promise.all(keys(40).map((key) => shop.buy(key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const books = await shop.books();
    expect(books.orders.orders.filter(({ status }) => status === 'confirmed')).toHaveLength(40);
    expect(anomalies(books)).toEqual([]);
  });

  it('the same check-out at both instances at once is one order, and everybody gets it', async (context) => {
    const topology = await start(context, store, { 'provider-latency': 60 });
    const shop = shopClient(topology);
    await topology.addInstance('orders');
    await topology.tell('orders', [0, 1]);
    await shop.add('cart', 'p-1');
    const answers = await Promise.all(Array.from({ length: 6 }, () => shop.checkOut('same', 'cart')));
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['id'])}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201, body: { status: 'confirmed' } });
    expect(anomalies(await shop.books())).toEqual([]);
  });
});
