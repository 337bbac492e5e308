import type { CallContext } from '../../kit/index.ts';
import type { Message } from './contract.ts';
import type { NotificationsStore } from './store.ts';

/** Sending is simulated by its record: what is in the table has been sent. */
export function createLogic(store: NotificationsStore) {
  return {
    deliver: (context: CallContext, messages: readonly Message[]): Promise<number> =>
      store.transaction(context, async (inside) => {
        let accepted = 0;
        for (const message of messages) if (await store.markSent(inside, message, Date.now())) accepted++;
        return accepted;
      }),
    audit: async (context: CallContext) => ({ sent: await store.orderKeys(context) }),
  };
}
