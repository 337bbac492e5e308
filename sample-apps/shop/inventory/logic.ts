import { CallError, type CallContext } from '../../kit/index.ts';
import type { Line } from '../shared/values.ts';
import type { InventoryStore } from './store.ts';

export function createLogic(store: InventoryStore) {
  /** Withdraws stock once for `key`, whatever happens to the call that asked for it. */
  async function withdraw(
    context: CallContext,
    key: string,
    lines: readonly Line[],
    to: 'reserved' | 'sold',
  ): Promise<void> {
    await store.transaction(context, async (inside) => {
      const hold = await store.hold(inside, key);
      if (hold?.status === 'released') throw new CallError('conflict', `the hold ${key} was given back`);
      if (hold !== undefined) return;
      for (const line of lines) {
        if (!(await store.withdraw(inside, line, to)))
          throw new CallError('conflict', `product ${line.productId} is sold out`);
      }
      await store.putHold(inside, { key, status: to, lines });
    });
  }

  return {
    available: (context: CallContext, productIds: readonly string[]) => store.available(context, productIds),
    reserve: (context: CallContext, key: string, lines: readonly Line[]) => withdraw(context, key, lines, 'reserved'),
    take: (context: CallContext, key: string, lines: readonly Line[]) => withdraw(context, key, lines, 'sold'),

    async commit(context: CallContext, key: string): Promise<void> {
      await store.transaction(context, async (inside) => {
        const hold = await store.hold(inside, key);
        if (hold === undefined || hold.status === 'released')
          throw new CallError('conflict', `there is no hold ${key}`);
        if (hold.status === 'sold') return;
        for (const line of hold.lines) await store.settle(inside, line, 'sold');
        await store.putHold(inside, { ...hold, status: 'sold' });
      });
    },

    async release(context: CallContext, key: string): Promise<void> {
      await store.transaction(context, async (inside) => {
        const hold = await store.hold(inside, key);
        if (hold?.status === 'released') return;
        if (hold?.status === 'sold') throw new CallError('conflict', `what was held as ${key} is sold`);
        for (const line of hold?.lines ?? []) await store.settle(inside, line, 'available');
        // Left behind also when there was no hold: a late `reserve` of this key must find that it came too late.
        await store.putHold(inside, { key, status: 'released', lines: hold?.lines ?? [] });
      });
    },

    async audit(context: CallContext) {
      const holds = await store.holds(context);
      return {
        stock: await store.totals(context),
        negative: await store.negative(context),
        orders: holds.map(({ key, status, lines }) => ({
          key,
          orderKey: key.split('#')[0] ?? key,
          status,
          quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
        })),
      };
    },
  };
}
