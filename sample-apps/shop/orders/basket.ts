import { CallError, detached, type CallContext } from '../../kit/index.ts';
import type { Cart } from '../cart/contract.ts';
import { attemptKey, type Desk } from './desk.ts';
import type { StoredOrder } from './store.ts';

/** What a check-out has in a cart. */
export interface Claim {
  readonly cartId: string;
  readonly key: string;
}

/** The claim of one attempt at an order. */
export function claimOf(order: StoredOrder): Claim {
  return { cartId: order.request.cartId, key: attemptKey(order) };
}

/** What is in the cart. Throws `conflict` when it is empty. */
export async function readBasket(desk: Desk, context: CallContext, cartId: string): Promise<Cart> {
  return filled(await desk.cart.get({ cartId }, context));
}

/**
 * Claims what a check-out buys: no other can buy it too, and what comes into the cart from now on is not bought. Throws `conflict` when
 * there is nothing to claim; nothing is claimed then.
 */
export async function claimBasket(desk: Desk, context: CallContext, claim: Claim): Promise<Cart> {
  return filled(await desk.cart.claim(claim, context));
}

function filled(cart: Cart): Cart {
  if (cart.lines.length === 0) throw new CallError('conflict', 'the cart is empty');
  return cart;
}

/** Takes what was bought out of the cart, trying once and without keeping the buyer waiting. */
export function clearBasketOnce(desk: Desk, context: CallContext, claim: Claim): void {
  desk.cart.takeOut(claim, { ...detached(context), idempotencyKey: undefined }).catch(() => undefined);
}

/** Gives up the claim of a check-out that failed, likewise. */
export function releaseBasketOnce(desk: Desk, context: CallContext, claim: Claim): void {
  desk.cart.release(claim, { ...detached(context), idempotencyKey: undefined }).catch(() => undefined);
}
