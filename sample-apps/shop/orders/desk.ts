import { CallError, type Client, type Log, type Settings } from '../../kit/index.ts';
import type { cartContract } from '../cart/contract.ts';
import type { inventoryContract } from '../inventory/contract.ts';
import type { notificationsContract } from '../notifications/contract.ts';
import type { paymentsContract } from '../payments/contract.ts';
import type { CheckOut, Order } from './contract.ts';
import type { Outbox } from './outbox.ts';
import type { OrdersStore, StoredOrder } from './store.ts';

/** Everything that the ways to check out work with. */
export interface Desk {
  readonly store: OrdersStore;
  readonly cart: Client<typeof cartContract>;
  readonly inventory: Client<typeof inventoryContract>;
  readonly payments: Client<typeof paymentsContract>;
  readonly notifications: Client<typeof notificationsContract>;
  readonly outbox: Outbox;
  readonly settings: Settings;
  readonly log: Log;
  /** Orders, inventory and payments share one database. */
  readonly oneDatabase: boolean;
}

/** The key of one attempt in the other modules. */
export function attemptKey(order: StoredOrder): string {
  return `${order.idempotencyKey}#${order.attempt}`;
}

/** What others see of a stored order. */
export function toPublic(order: StoredOrder): Order {
  const { id, request, totalCents, lines } = order;
  const status = order.status === 'cancelling' ? 'pending' : order.status;
  return { id, orderKey: request.orderKey, status, totalCents, lines, customer: request.customer };
}

/** What tells one check-out from another of the same key. */
export function fingerprint({ orderKey, cartId, customer, card }: CheckOut): string {
  const { name, email, address } = customer;
  return JSON.stringify([orderKey, cartId, name, email, address, card]);
}

/** Throws `CallError` `key-reused` when that key was used for another check-out: its answer would be somebody else's order. */
export function assertSameRequest(known: CheckOut, request: CheckOut): void {
  if (fingerprint(known) !== fingerprint(request))
    throw new CallError('key-reused', 'this key was used for another check-out; take a new one');
}
