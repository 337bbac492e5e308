import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallContext, Log } from '../../kit/index.ts';
import { describeStores, hostTopology } from '../../kit/testing/index.ts';
import { shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';
import { createRecovery } from './recovery.ts';
import type { OrdersStore, StoredOrder } from './store.ts';
import type { Strategy } from './strategies/strategy.ts';

const silentLog: Log = { info: () => undefined, error: () => undefined };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('settles what can be settled, however many orders before it cannot', async () => {
  // Of one age, too: a look goes on behind the very order that the last one ended with.
  const all = Array.from({ length: 93 }, (_, index) => ({
    id: String(index).padStart(3, '0'),
    createdMs: Math.floor(index / 30),
    idempotencyKey: `key-${index}`,
  })) as StoredOrder[];
  const poisoned = new Set(all.slice(0, 90).map(({ id }) => id));
  const settled = new Set<string>();
  const tries = new Map<string, number>();
  const older = (one: StoredOrder, other: StoredOrder): boolean =>
    one.createdMs < other.createdMs || (one.createdMs === other.createdMs && one.id < other.id);
  const store = {
    unsettled: (_context: CallContext, limit: number, after?: StoredOrder) =>
      Promise.resolve(
        all.filter((order) => !settled.has(order.id) && (after === undefined || older(after, order))).slice(0, limit),
      ),
    take: () => Promise.resolve(true),
    giveBack: () => Promise.resolve(),
  } as Partial<OrdersStore> as OrdersStore;
  const strategy = {
    underway: new Set(),
    recover(_context: CallContext, { id }: StoredOrder) {
      tries.set(id, (tries.get(id) ?? 0) + 1);
      if (poisoned.has(id)) return Promise.reject(new Error('for ever'));
      settled.add(id);
      return Promise.resolve();
    },
  } as Partial<Strategy> as Strategy;
  const recovery = createRecovery(store, strategy, 1000, silentLog);
  recovery.start();
  await vi.advanceTimersByTimeAsync(5 * 500);
  expect([...settled]).toEqual(['090', '091', '092']);
  // And what failed has its turn again: it may pass.
  await vi.advanceTimersByTimeAsync(5 * 500);
  expect(Math.min(...tries.values())).toBe(1);
  expect([...poisoned].every((id) => (tries.get(id) ?? 0) >= 2)).toBe(true);
  await recovery.stop();
});

describeStores((place) => {
  it('goes through the store as through a list', async () => {
    vi.useRealTimers();
    const topology = await hostTopology(modules, { cut: cuts.monolith, database: await place.database() });
    const shop = shopClient(topology);
    await shop.withFault('payments', 'provider-outage', {}, () =>
      Promise.all(Array.from({ length: 45 }, (_, index) => shop.buy(`failed-${index}`))),
    );
    const { orders } = await shop.books();
    expect(orders.orders.map(({ status }) => status)).toEqual(orders.orders.map(() => 'cancelled'));
    expect(orders.orders).toHaveLength(45);
    await topology.close();
  });
});
