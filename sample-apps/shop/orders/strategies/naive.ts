import { randomUUID } from 'node:crypto';
import type { CallContext } from '../../../kit/index.ts';
import type { Cart } from '../../cart/contract.ts';
import { claimBasket, clearBasketOnce, releaseBasketOnce, type Claim } from '../basket.ts';
import type { CheckOut } from '../contract.ts';
import { assertSameRequest, toPublic, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';
import type { Strategy } from './strategy.ts';

/** Plain calls in order: nothing is written down before, no money or goods given back after. What fails half-way stays half done. */
export function createNaive(desk: Desk): Strategy {
  const { store, inventory, payments, outbox } = desk;

  async function carryOut(
    context: CallContext,
    request: CheckOut,
    { idempotencyKey, id }: { idempotencyKey: string; id: string },
    { totalCents, lines }: Cart,
  ): Promise<StoredOrder> {
    const order: StoredOrder = {
      id,
      idempotencyKey,
      status: 'confirmed',
      attempt: 1,
      settled: true,
      reason: '',
      request,
      totalCents,
      lines,
      createdMs: 0,
    };
    await inventory.take(
      { key: `${idempotencyKey}#1`, lines: lines.map(({ productId, quantity }) => ({ productId, quantity })) },
      context,
    );
    await payments.charge(
      { key: `${idempotencyKey}#1`, orderKey: request.orderKey, amountCents: totalCents, card: request.card },
      context,
    );
    await store.insert(context, order);
    await outbox.note(context, order);
    return order;
  }

  return {
    async checkOut(context, request, idempotencyKey) {
      const known = await store.byIdempotencyKey(context, idempotencyKey);
      if (known !== undefined) {
        assertSameRequest(known.request, request);
        return toPublic(known);
      }
      const id = randomUUID();
      const claim: Claim = { cartId: request.cartId, key: id };
      const cart = await claimBasket(desk, context, claim);
      try {
        const order = await carryOut(context, request, { idempotencyKey, id }, cart);
        outbox.afterCommit(order);
        clearBasketOnce(desk, context, claim);
        return toPublic(order);
      } catch (error) {
        releaseBasketOnce(desk, context, claim);
        throw error;
      }
    },
    recover: () => Promise.resolve(),
    underway: new Set(),
    unstored: () => 0,
  };
}
