import { randomUUID } from 'node:crypto';
import { clearBasket, readBasket } from '../basket.ts';
import { assertSameRequest, toPublic, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';
import type { Strategy } from './strategy.ts';

/** Plain calls in order: nothing is written down before, nothing undone after. What fails half-way stays half done. */
export function createNaive(desk: Desk): Strategy {
  const { store, inventory, payments, outbox } = desk;
  return {
    async checkOut(context, request, idempotencyKey) {
      const known = await store.byIdempotencyKey(context, idempotencyKey);
      if (known !== undefined) {
        assertSameRequest(known.request, request);
        return toPublic(known);
      }
      const { totalCents, lines } = await readBasket(desk, context, request.cartId);
      const order: StoredOrder = {
        id: randomUUID(),
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
      outbox.afterCommit(order);
      clearBasket(desk, context, order);
      return toPublic(order);
    },
    recover: () => Promise.resolve(),
    underway: () => false,
    unstored: () => 0,
  };
}
