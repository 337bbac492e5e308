import type { CallContext } from '../../../kit/index.ts';
import { attemptKey, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';

/** Gives back what the other modules hold for an order decided against. Every step may be repeated. */
export async function compensate(
  { store, payments, inventory }: Desk,
  context: CallContext,
  order: StoredOrder,
): Promise<void> {
  const key = attemptKey(order);
  await payments.void({ key }, context);
  await inventory.release({ key }, context);
  await store.move(context, order, 'cancelling', order.reason === '' ? 'cancelled' : 'rejected', { settled: true });
}

/** Finishes a confirmed order in the other modules. Every step may be repeated. */
export async function settle(
  { store, payments, inventory }: Desk,
  context: CallContext,
  order: StoredOrder,
): Promise<void> {
  const key = attemptKey(order);
  await payments.capture({ key }, context);
  await inventory.commit({ key }, context);
  await store.move(context, order, 'confirmed', 'confirmed', { settled: true });
}
