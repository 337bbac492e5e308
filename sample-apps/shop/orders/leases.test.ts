import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemContext, type Log } from '../../kit/index.ts';
import { describeStores, sharedDatabase, steppedTime, type SharedDatabase } from '../../kit/testing/index.ts';
import { createOutbox } from './outbox.ts';
import { createRecovery } from './recovery.ts';
import { createStore, migrations, type OrdersStore, type StoredOrder } from './store.ts';
import type { Strategy } from './strategies/strategy.ts';

const leases = { orderMs: 15_000, messageMs: 5000 };
const silentLog: Log = { info: () => undefined, error: () => undefined };
const order = (key: string): StoredOrder => ({
  id: `id-${key}`,
  idempotencyKey: key,
  status: 'pending',
  attempt: 1,
  settled: false,
  reason: '',
  request: {
    orderKey: key,
    cartId: 'cart',
    customer: { name: 'Ada', email: 'ada@example.com', address: '1 Street' },
    card: '4242424242424242',
  },
  totalCents: 0,
  lines: [],
  createdMs: 0,
});

describeStores((place) => {
  let shared: SharedDatabase;
  const { pass, watched } = steppedTime();
  beforeEach(async () => {
    const database = await place.database();
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    shared = sharedDatabase({ name: 'orders', migrations }, database);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await shared.close();
  });

  /** One instance: what it looks after, and what it is told to be working on. */
  async function instance(name: string) {
    const store = createStore(watched(await shared.open()), name, leases);
    const recovered: string[] = [];
    const underway = new Set<string>();
    let ends = true;
    const strategy = {
      underway,
      async recover(context, one) {
        recovered.push(one.idempotencyKey);
        if (ends) await store.move(context, one, 'pending', 'cancelled', { settled: true });
      },
    } as Partial<Strategy> as Strategy;
    const recovery = createRecovery(store, strategy, 1000, silentLog);
    return { store, recovery, recovered, underway, failing: () => (ends = false) };
  }
  const insert = (store: OrdersStore, key: string): Promise<void> => store.insert(systemContext, order(key));
  const look = () => pass(500);

  it('an order is left to the instance that works on it until its lease has ended, and then another takes it over', async () => {
    const [first, second] = [await instance('orders#0'), await instance('orders#1')];
    await insert(first.store, 'a');
    second.recovery.start();
    await pass(leases.orderMs - 1);
    expect(second.recovered).toEqual([]);
    await look();
    expect(second.recovered).toEqual(['a']);
    await second.recovery.stop();
  });

  it('orders that are left to another instance do not stand before those that may be looked after', async () => {
    const [first, second] = [await instance('orders#0'), await instance('orders#1')];
    for (let index = 0; index < 30; index++) await insert(first.store, `other-${index}`);
    await pass(1);
    await insert(second.store, 'own');
    second.recovery.start();
    await pass(0);
    expect(second.recovered).toEqual(['own']);
    await second.recovery.stop();
  });

  it('an order is taken over at once when it was given back, but for those that are still worked on', async () => {
    const [first, second] = [await instance('orders#0'), await instance('orders#1')];
    for (const key of ['a', 'b', 'c', 'd']) await insert(first.store, key);
    first.underway.add('b').add('d');
    second.recovery.start();
    await look();
    await first.recovery.stop();
    await look();
    expect(second.recovered).toEqual(['a', 'c']);
    // The last requests have ended, one of them badly.
    await first.store.move(systemContext, order('b'), 'pending', 'confirmed', { settled: true });
    first.underway.clear();
    await first.recovery.stop();
    await look();
    expect(second.recovered).toEqual(['a', 'c', 'd']);
    await second.recovery.stop();
  });

  it('an order whose lease has ended is taken over by one of many, and left to that one', async () => {
    const gone = await instance('orders#0');
    await insert(gone.store, 'a');
    const others = [await instance('orders#1'), await instance('orders#2'), await instance('orders#3')];
    for (const { recovery, failing } of others) {
      failing();
      recovery.start();
    }
    await pass(leases.orderMs + 500);
    const [taker, ...rest] = others.toSorted((one, other) => other.recovered.length - one.recovered.length);
    expect(taker!.recovered.length).toBeGreaterThan(0);
    // It tries again, and the others do not.
    const before = taker!.recovered.length;
    await pass(leases.orderMs * 2);
    expect(taker!.recovered.length).toBeGreaterThan(before);
    expect(rest.map(({ recovered }) => recovered)).toEqual([[], []]);
    await Promise.all(others.map(({ recovery }) => recovery.stop()));
  });

  it('the process after a crash takes up at once what the instance was at', async () => {
    await insert((await instance('orders#0')).store, 'a');
    const again = await instance('orders#0');
    again.recovery.start();
    await pass(0);
    expect(again.recovered).toEqual(['a']);
    await again.recovery.stop();
  });

  it('an order that is begun anew is left to the instance that began it', async () => {
    const [first, second] = [await instance('orders#0'), await instance('orders#1')];
    await insert(first.store, 'a');
    await first.store.move(systemContext, order('a'), 'pending', 'cancelled', { settled: true });
    await pass(leases.orderMs);
    await second.store.reopen(systemContext, { ...order('a'), attempt: 2 });
    first.recovery.start();
    await look();
    expect(first.recovered).toEqual([]);
    expect(await first.store.isElsewhere(systemContext, order('a'))).toBe(true);
    await first.recovery.stop();
  });

  it('a message is left to the instance that noted it, and sent by another when it was given back or its lease has ended', async () => {
    const relay = async (name: string) => {
      const sent: string[] = [];
      const store = createStore(watched(await shared.open()), name, leases);
      const notifications = {
        deliver({ messages }: { messages: { orderKey: string }[] }) {
          sent.push(...messages.map(({ orderKey }) => orderKey));
          return Promise.resolve({ accepted: messages.length });
        },
      };
      return { sent, outbox: createOutbox(store, notifications, true, silentLog) };
    };
    const [first, second] = [await relay('orders#0'), await relay('orders#1')];
    second.outbox.start();
    await first.outbox.note(systemContext, order('crashed'));
    await pass(leases.messageMs - 1);
    expect(second.sent).toEqual([]);
    await pass(1000);
    expect(second.sent).toEqual(['crashed']);
    await first.outbox.note(systemContext, order('stopped'));
    await first.outbox.stop();
    await pass(1000);
    expect(second.sent).toEqual(['crashed', 'stopped']);
    // Whoever starts after a crash sends its own at once.
    await first.outbox.note(systemContext, order('own'));
    const again = await relay('orders#0');
    again.outbox.start();
    await pass(0);
    expect([again.sent, first.sent]).toEqual([['own'], []]);
    await Promise.all([again.outbox.stop(), second.outbox.stop()]);
  });
});
