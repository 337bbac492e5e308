import { CallError, detached, type CallContext } from '../../kit/index.ts';
import type { Cart } from '../cart/contract.ts';
import type { Desk } from './desk.ts';

/** What is in the cart. Throws `conflict` when it is empty. */
export async function readBasket(desk: Desk, context: CallContext, cartId: string): Promise<Cart> {
  const cart = await desk.cart.get({ cartId }, context);
  if (cart.lines.length === 0) throw new CallError('conflict', 'the cart is empty');
  return cart;
}

/** Empties the cart of a confirmed order, without keeping the buyer waiting: a cart left full harms nobody. */
export function clearBasket(desk: Desk, context: CallContext, cartId: string): void {
  desk.cart.clear({ cartId }, { ...detached(context), idempotencyKey: undefined }).catch(() => undefined);
}
