import { randomUUID } from 'node:crypto';
import { systemContext, withinMs, type CallContext, type Client, type Log } from '../../kit/index.ts';
import type { notificationsContract } from '../notifications/contract.ts';
import type { OrdersStore, StoredOrder } from './store.ts';

const batch = 50;
/** Orders confirmed within this time are handed over together, ms. */
const gatherMs = 20;
const retryMs = 500;
/** How long handing over may take, ms. */
export const handOverMs = 5000;
/** How often it looks for what another instance has noted and left behind, ms. */
const everyMs = 1000;

export interface Outbox {
  /** Notes the message in the order's own transaction; with the outbox off nothing is noted. */
  note(context: CallContext, order: StoredOrder): Promise<void>;
  /** To be called after the commit: sets the relay going or, with the outbox off, sends once and hopes. */
  afterCommit(order: StoredOrder): void;
  start(): void;
  /** Settles when another instance may go on with what is not sent. */
  stop(): Promise<void>;
}

/**
 * Hands noted messages to notifications until they are accepted; they survive a crash of either side. Where two instances hand over the same one, because the first was slow, it is
 * taken once.
 */
export function createOutbox(
  store: OrdersStore,
  notifications: Client<typeof notificationsContract>,
  on: boolean,
  log: Log,
): Outbox {
  let timer: NodeJS.Timeout | undefined;
  let rounds: NodeJS.Timeout | undefined;
  let relaying = Promise.resolve();
  let stopped = false;
  /** Something was noted while the relay was at work. */
  let noted = false;

  const message = (order: StoredOrder) => ({
    id: randomUUID(),
    orderKey: order.request.orderKey,
    to: order.request.customer.email,
  });

  function schedule(afterMs: number): void {
    noted = true;
    if (stopped || timer !== undefined) return;
    timer = setTimeout(() => {
      noted = false;
      relaying = relay().then((again) => {
        timer = undefined;
        if (again !== undefined || noted) schedule(again ?? 0);
      });
    }, afterMs);
    timer.unref();
  }

  /** How long to wait before the next look, ms; undefined: until something is noted. */
  async function relay(): Promise<number | undefined> {
    try {
      const messages = await store.outbox(systemContext, batch);
      if (messages.length === 0) return undefined;
      await notifications.deliver({ messages }, withinMs(systemContext, handOverMs));
      await store.removeFromOutbox(
        systemContext,
        messages.map(({ id }) => id),
      );
      return 0;
    } catch {
      return retryMs;
    }
  }

  return {
    async note(context, order) {
      if (on) await store.addToOutbox(context, message(order));
    },
    afterCommit(order) {
      if (on) schedule(gatherMs);
      else
        notifications
          .deliver({ messages: [message(order)] }, systemContext)
          .catch((error: unknown) => log.error('a notification is lost', error));
    },
    start() {
      schedule(0);
      if (on) rounds = setInterval(() => schedule(0), everyMs).unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      clearInterval(rounds);
      await relaying;
      await store.giveBackOutbox(systemContext).catch(() => undefined);
    },
  };
}
