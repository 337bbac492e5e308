import { randomUUID } from 'node:crypto';
import { CallError, detached, type CallContext } from '../../../kit/index.ts';
import { impatient } from '../../shared/impatient.ts';
import { claimBasket, claimOf, clearBasketOnce, readBasket, releaseBasketOnce } from '../basket.ts';
import { attemptKey, toPublic, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';
import type { Strategy } from './strategy.ts';

/**
 * Planted bug: every repetition counts as new. The payment is asked for again when its answer is late or lost, the order is created
 * again when the storefront asks again, and nothing ties the repetitions together.
 */
export function createRetryWithoutKey(desk: Desk): Strategy {
  const { store, inventory, payments, outbox, settings } = desk;
  const running = new Set<string>();

  /** Claims what nobody has claimed and then buys whatever is in the cart: also what an earlier repetition has claimed. */
  async function fill(context: CallContext, order: StoredOrder): Promise<StoredOrder> {
    await claimBasket(desk, context, claimOf(order)).catch((error: unknown) => {
      if (!(error instanceof CallError && error.refused)) throw error;
    });
    try {
      const { totalCents, lines } = await readBasket(desk, context, order.request.cartId);
      return { ...order, totalCents, lines };
    } catch (error) {
      releaseBasketOnce(desk, context, claimOf(order));
      throw error;
    }
  }

  async function carryOut(context: CallContext, order: StoredOrder): Promise<StoredOrder> {
    const { orderKey, card } = order.request;
    const lines = order.lines.map(({ productId, quantity }) => ({ productId, quantity }));
    await inventory.take({ key: attemptKey(order), lines }, context);
    await impatient(settings.resilience.deadlineMs, () =>
      payments.charge({ orderKey, amountCents: order.totalCents, card }, context),
    );
    await store.transaction(context, async (inside) => {
      await store.move(inside, order, 'pending', 'confirmed', { settled: true });
      await outbox.note(inside, order);
    });
    outbox.afterCommit(order);
    clearBasketOnce(desk, context, claimOf(order));
    return { ...order, status: 'confirmed' };
  }

  return {
    async checkOut(context, request) {
      const unpriced: StoredOrder = {
        id: randomUUID(),
        idempotencyKey: randomUUID(),
        status: 'pending',
        attempt: 1,
        settled: false,
        reason: '',
        request,
        totalCents: 0,
        lines: [],
        createdMs: 0,
      };
      const order = await fill(context, unpriced);
      running.add(order.idempotencyKey);
      try {
        await store.insert(context, order);
        return toPublic(await carryOut(context, order));
      } catch (error) {
        if (error instanceof CallError && error.refused) {
          await store.move(detached(context), order, 'pending', 'rejected', { settled: true, reason: error.message });
          releaseBasketOnce(desk, context, claimOf(order));
        }
        throw error;
      } finally {
        running.delete(order.idempotencyKey);
      }
    },
    async recover(context, order) {
      await carryOut(context, order);
    },
    underway: running,
    unstored: () => 0,
  };
}
