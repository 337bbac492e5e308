import { CallError, detached, type CallContext } from '../../kit/index.ts';
import type { Cart } from '../cart/contract.ts';
import { attemptKey, type Desk } from './desk.ts';
import type { StoredOrder } from './store.ts';

/** What is in the cart. Throws `conflict` when it is empty. */
export async function readBasket(desk: Desk, context: CallContext, cartId: string): Promise<Cart> {
  const cart = await desk.cart.get({ cartId }, context);
  if (cart.lines.length === 0) throw new CallError('conflict', 'the cart is empty');
  return cart;
}

/**
 * Takes what was bought out of the cart of a confirmed order, without keeping the buyer waiting: a cart left full harms nobody. What came in
 * during the check-out was not bought and stays.
 */
export function clearBasket(desk: Desk, context: CallContext, order: StoredOrder): void {
  const lines = order.lines.map(({ productId, quantity }) => ({ productId, quantity }));
  desk.cart
    .takeOut(
      { cartId: order.request.cartId, key: attemptKey(order), lines },
      { ...detached(context), idempotencyKey: undefined },
    )
    .catch(() => undefined);
}
