import { defineModule, systemContext } from '../../kit/index.ts';
import { cartContract } from '../cart/contract.ts';
import { inventoryContract } from '../inventory/contract.ts';
import { notificationsContract } from '../notifications/contract.ts';
import { paymentsContract } from '../payments/contract.ts';
import { createHandlers } from './api.ts';
import { ordersContract } from './contract.ts';
import { toPublic } from './desk.ts';
import { createOutbox, handOverMs } from './outbox.ts';
import { createRecovery } from './recovery.ts';
import { createStore, migrations } from './store.ts';
import { chooseStrategy } from './strategies/choose.ts';

const leastLeaseMs = 15_000;
/** Each may take its deadline. */
const callsOfCheckOut = 4;

export const module = defineModule({
  contract: ordersContract,
  uses: {
    cart: cartContract,
    inventory: inventoryContract,
    payments: paymentsContract,
    notifications: notificationsContract,
  },
  migrations,
  create({ clients, database, instance, settings, log, canShareTransaction }) {
    const { deadlineMs } = settings.resilience;
    const store = createStore(database, instance, {
      orderMs: Math.max(leastLeaseMs, callsOfCheckOut * deadlineMs),
      messageMs: handOverMs,
    });
    const outbox = createOutbox(store, clients.notifications, settings.outbox, log);
    const oneDatabase = canShareTransaction(['orders', 'inventory', 'payments']);
    const strategy = chooseStrategy({ store, ...clients, outbox, settings, log, oneDatabase });
    const recovery = createRecovery(store, strategy, deadlineMs, log);
    return {
      handlers: createHandlers(store, strategy),
      async audit() {
        const orders = await store.all(systemContext);
        const { outbox: pending } = await store.counts(systemContext);
        return {
          orders: orders.map((order) => {
            const { id, orderKey, status, totalCents, lines } = toPublic(order);
            return {
              key: orderKey,
              id,
              status,
              total: totalCents,
              items: lines.map(({ productId, quantity }) => ({ productId, quantity })),
            };
          }),
          outbox: { pending },
        };
      },
      async pending() {
        const counts = await store.counts(systemContext);
        return counts.unsettled + counts.outbox + strategy.unstored();
      },
      start() {
        recovery.start();
        outbox.start();
      },
      async stop() {
        await Promise.all([recovery.stop(), outbox.stop()]);
      },
    };
  },
});
