import { randomUUID } from 'node:crypto';
import { CallError, detached, type CallContext } from '../../../kit/index.ts';
import { clearBasket, readBasket } from '../basket.ts';
import type { CheckOut, Order } from '../contract.ts';
import { assertSameRequest, attemptKey, toPublic, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';
import { compensate, settle } from './settlement.ts';
import type { Strategy } from './strategy.ts';

/**
 * Check-out without anomalies. The attempt is written down first and the money held second: the provider is never asked inside a
 * transaction, which would hold the one writer for as long as the bank takes. Then, where the modules share a database, one
 * transaction sells the stock, captures the money and confirms the order; where they do not, a saga reserves the stock and
 * confirms the order, and from there on only goes forward (capture, commit). Before that point any failure is first
 * decided durably and then undone, so that an error answered is an order that will not appear.
 */
export function createDependable(desk: Desk): Strategy {
  const { store, inventory, payments, outbox, oneDatabase, log } = desk;
  const running = new Map<string, { request: CheckOut; work: Promise<Order> }>();

  /** Writes the attempt down; or gives the confirmed order when the work was done before. */
  async function begin(context: CallContext, request: CheckOut, idempotencyKey: string): Promise<StoredOrder> {
    const { totalCents, lines } = await readBasketOnce(context, request, idempotencyKey);
    return store.transaction(context, async (inside) => {
      const known = await store.byIdempotencyKey(inside, idempotencyKey);
      if (known === undefined) {
        const fresh: StoredOrder = {
          id: randomUUID(),
          idempotencyKey,
          status: 'pending',
          attempt: 1,
          settled: false,
          reason: '',
          request,
          totalCents,
          lines,
          createdMs: 0,
        };
        await store.insert(inside, fresh);
        return fresh;
      }
      assertSameRequest(known.request, request);
      switch (known.status) {
        case 'confirmed':
          return known;
        case 'rejected':
          throw new CallError('conflict', known.reason);
        case 'pending':
        case 'cancelling':
          throw new CallError('unavailable', 'an earlier attempt at this order is being undone');
        case 'cancelled': {
          const again: StoredOrder = {
            ...known,
            status: 'pending',
            attempt: known.attempt + 1,
            settled: false,
            reason: '',
            request,
            totalCents,
            lines,
          };
          await store.reopen(inside, again);
          return again;
        }
      }
    });
  }

  /** The cart of a confirmed order may be empty already; that is no reason to refuse to repeat the answer. */
  async function readBasketOnce(
    context: CallContext,
    request: CheckOut,
    idempotencyKey: string,
  ): Promise<Pick<StoredOrder, 'totalCents' | 'lines'>> {
    try {
      return await readBasket(desk, context, request.cartId);
    } catch (error) {
      const known = await store.byIdempotencyKey(context, idempotencyKey);
      if (known?.status === 'confirmed') return known;
      throw error;
    }
  }

  async function confirm(context: CallContext, order: StoredOrder): Promise<void> {
    if (!(await store.move(context, order, 'pending', 'confirmed', { settled: oneDatabase })))
      throw new CallError('conflict', 'the order was cancelled meanwhile');
    await outbox.note(context, order);
  }

  async function carryOut(context: CallContext, order: StoredOrder): Promise<void> {
    const key = attemptKey(order);
    const lines = order.lines.map(({ productId, quantity }) => ({ productId, quantity }));
    const { orderKey, card } = order.request;
    await payments.authorise({ key, orderKey, amountCents: order.totalCents, card }, context);
    if (oneDatabase) {
      await store.transaction(context, async (inside) => {
        await inventory.take({ key, lines }, inside);
        await payments.capture({ key }, inside);
        await confirm(inside, order);
      });
      return;
    }
    await inventory.reserve({ key, lines }, context);
    await store.transaction(context, (inside) => confirm(inside, order));
  }

  async function run(context: CallContext, request: CheckOut, idempotencyKey: string): Promise<Order> {
    const order = await begin(context, request, idempotencyKey);
    if (order.status === 'confirmed') return toPublic(order);
    try {
      await carryOut(context, order);
    } catch (error) {
      await giveUp(context, order, error);
      throw error;
    }
    outbox.afterCommit(order);
    const confirmed: StoredOrder = { ...order, status: 'confirmed' };
    // The order stands from here on: what fails now is finished by recovery, not told to the buyer.
    if (!oneDatabase)
      await settle(desk, context, confirmed).catch((error: unknown) =>
        log.error(`order ${order.id} will be settled later`, error),
      );
    clearBasket(desk, context, confirmed);
    return toPublic(confirmed);
  }

  async function giveUp(context: CallContext, order: StoredOrder, error: unknown): Promise<void> {
    const reason = error instanceof CallError && error.refused ? error.message : '';
    const outside = { ...detached(context), idempotencyKey: undefined };
    if (!(await store.move(outside, order, 'pending', 'cancelling', { settled: false, reason }))) return;
    compensate(desk, outside, { ...order, status: 'cancelling', reason }).catch(() => undefined);
  }

  return {
    async checkOut(context, request, idempotencyKey) {
      const known = running.get(idempotencyKey);
      if (known !== undefined) {
        assertSameRequest(known.request, request);
        return known.work;
      }
      const work = run(context, request, idempotencyKey).finally(() => running.delete(idempotencyKey));
      running.set(idempotencyKey, { request, work });
      return work;
    },
    async recover(context, order) {
      switch (order.status) {
        case 'pending':
          if (await store.move(context, order, 'pending', 'cancelling', { settled: false }))
            await compensate(desk, context, { ...order, status: 'cancelling' });
          return;
        case 'cancelling':
          return compensate(desk, context, order);
        case 'confirmed':
          return settle(desk, context, order);
        case 'cancelled':
        case 'rejected':
      }
    },
    underway: (idempotencyKey) => running.has(idempotencyKey),
    unstored: () => 0,
  };
}
