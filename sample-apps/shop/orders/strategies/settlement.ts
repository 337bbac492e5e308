import type { CallContext } from '../../../kit/index.ts';
import { claimOf } from '../basket.ts';
import { attemptKey, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';

/** Gives back what the other modules hold for an order decided against. Every step may be repeated. */
export async function compensate(desk: Desk, context: CallContext, order: StoredOrder): Promise<void> {
  const { store, payments, inventory } = desk;
  const key = attemptKey(order);
  // Before it says what it buys, an order has asked nobody for money or goods.
  if (order.lines.length > 0) {
    await payments.void({ key }, context);
    await inventory.release({ key }, context);
  }
  await desk.cart.release(claimOf(order), context);
  await store.move(context, order, 'cancelling', order.reason === '' ? 'cancelled' : 'rejected', { settled: true });
}

/** Finishes a confirmed order where its money and goods are. Every step may be repeated. */
export async function settle({ payments, inventory }: Desk, context: CallContext, order: StoredOrder): Promise<void> {
  const key = attemptKey(order);
  await payments.capture({ key }, context);
  await inventory.commit({ key }, context);
}

/** Takes what was bought out of the cart, the last thing there is to do for a confirmed order. May be repeated. */
export async function close(desk: Desk, context: CallContext, order: StoredOrder): Promise<void> {
  await desk.cart.takeOut(claimOf(order), context);
  await desk.store.move(context, order, 'confirmed', 'confirmed', { settled: true });
}
