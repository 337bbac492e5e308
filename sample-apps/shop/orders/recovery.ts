import { systemContext, withinMs, type Log } from '../../kit/index.ts';
import type { OrdersStore, StoredOrder } from './store.ts';
import type { Strategy } from './strategies/strategy.ts';

const everyMs = 500;
/** Orders looked after at once. */
const batch = 20;

export interface Recovery {
  start(): void;
  /** Settles when another instance may go on with what is not settled. */
  stop(): Promise<void>;
}

/**
 * Looks at the start and then twice a second for orders that nobody works on, here or in another instance, and brings them to their end, some at a time, the oldest
 * first and again from the start when all had their turn.
 */
export function createRecovery(store: OrdersStore, strategy: Strategy, deadlineMs: number, log: Log): Recovery {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking = Promise.resolve();
  /** Where the next look goes on: an order that cannot be settled must not keep those behind it waiting. */
  let last: StoredOrder | undefined;

  async function look(): Promise<void> {
    try {
      const orders = await store.unsettled(systemContext, batch, last);
      last = orders.length < batch ? undefined : orders.at(-1);
      await Promise.all(orders.filter(({ idempotencyKey }) => !strategy.underway.has(idempotencyKey)).map(recoverOne));
    } catch {
      // The store is out of reach; the next look may find it.
    }
    if (!stopped) schedule(everyMs);
  }

  async function recoverOne(order: StoredOrder): Promise<void> {
    try {
      if (!(await store.take(systemContext, order))) return;
      await strategy.recover(withinMs(systemContext, 3 * deadlineMs), order);
    } catch (error) {
      log.info(`order ${order.id} is not settled yet: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  function schedule(afterMs: number): void {
    timer = setTimeout(() => {
      looking = look();
    }, afterMs);
    timer.unref();
  }

  return {
    start: () => schedule(0),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      // Out of reach or closed, the store keeps the leases until they end.
      await store.giveBack(systemContext, [...strategy.underway.keys()]).catch(() => undefined);
    },
  };
}
