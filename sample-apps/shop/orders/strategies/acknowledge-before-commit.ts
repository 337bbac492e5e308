import { randomUUID } from 'node:crypto';
import { detached } from '../../../kit/index.ts';
import { readBasket } from '../basket.ts';
import type { Desk } from '../desk.ts';
import type { Strategy } from './strategy.ts';

/** How long an answered order lives in memory only, ms. */
const lagMs = 250;

/** Planted bug: the buyer is told "confirmed" first and the order is carried out afterwards, from memory. A crash or a refusal in between loses it. */
export function createAcknowledgeBeforeCommit(desk: Desk, dependable: Strategy): Strategy {
  let waiting = 0;
  return {
    ...dependable,
    async checkOut(context, request, idempotencyKey) {
      const known = await desk.store.byIdempotencyKey(context, idempotencyKey);
      if (known !== undefined) return dependable.checkOut(context, request, idempotencyKey);
      const { totalCents, lines } = await readBasket(desk, context, request.cartId);
      waiting++;
      setTimeout(() => {
        dependable
          .checkOut(detached(context), request, idempotencyKey)
          .catch((error: unknown) => desk.log.error(`order ${request.orderKey} was acknowledged and is lost`, error))
          .finally(() => {
            waiting--;
          });
      }, lagMs);
      return {
        id: randomUUID(),
        orderKey: request.orderKey,
        status: 'confirmed',
        totalCents,
        lines,
        customer: request.customer,
      };
    },
    unstored: () => waiting,
  };
}
