import { randomUUID } from 'node:crypto';
import { CallError, detached, sleep, steadyMs, type CallContext } from '../../../kit/index.ts';
import { claimBasket, claimOf } from '../basket.ts';
import type { CheckOut, Order } from '../contract.ts';
import { assertSameRequest, attemptKey, toPublic, type Desk } from '../desk.ts';
import type { StoredOrder } from '../store.ts';
import { close, compensate, settle } from './settlement.ts';
import type { Strategy } from './strategy.ts';

/** How often it is asked whether another instance has done with an order, ms. */
const elsewhereMs = 20;

/**
 * Check-out without anomalies. The attempt is written down first, then what it buys is claimed in the cart, and the money held third: the
 * provider is never asked inside a transaction, which would hold the one writer for as long as the bank takes. Then, where the modules share
 * a database, one transaction sells the stock, captures the money and confirms the order; where they do not, a saga reserves the stock and
 * confirms the order, and from there on only goes forward (capture, commit). What was bought is taken out of the cart last, without keeping
 * the buyer waiting: it is claimed, so nobody can buy it twice. Before the confirmation any failure is first
 * decided durably and then undone, so that an error answered is an order that will not appear.
 */
export function createDependable(desk: Desk): Strategy {
  const { store, inventory, payments, outbox, oneDatabase, log } = desk;
  const running = new Map<string, Underway>();

  /** Writes the attempt down; or gives the confirmed order when the work was done before. Waits for another instance that is at it. */
  async function begin(context: CallContext, request: CheckOut, idempotencyKey: string): Promise<StoredOrder> {
    for (;;) {
      const begun = await beginHere(context, request, idempotencyKey);
      if (begun !== undefined) return begun;
      if (steadyMs() + elsewhereMs >= context.deadlineAtMs)
        throw new CallError('deadline', 'another instance is still at work on this order');
      await sleep(elsewhereMs);
    }
  }

  /** Undefined while another instance is at work on it. */
  async function beginHere(
    context: CallContext,
    request: CheckOut,
    idempotencyKey: string,
  ): Promise<StoredOrder | undefined> {
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
          totalCents: 0,
          lines: [],
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
          if (await store.isElsewhere(inside, known)) return undefined;
          throw new CallError('unavailable', 'an earlier attempt at this order is being undone');
        case 'cancelled': {
          const again: StoredOrder = {
            ...known,
            status: 'pending',
            attempt: known.attempt + 1,
            settled: false,
            reason: '',
            totalCents: 0,
            lines: [],
          };
          await store.reopen(inside, again);
          return again;
        }
      }
    });
  }

  /** The order with what it buys, written down before anybody is asked for money or goods. */
  async function claim(context: CallContext, order: StoredOrder): Promise<StoredOrder> {
    const { totalCents, lines } = await claimBasket(desk, context, claimOf(order));
    const claimed: StoredOrder = { ...order, totalCents, lines };
    if (!(await store.describe(context, claimed))) throw cancelledMeanwhile();
    return claimed;
  }

  async function confirm(context: CallContext, order: StoredOrder): Promise<void> {
    if (!(await store.move(context, order, 'pending', 'confirmed', { settled: false }))) throw cancelledMeanwhile();
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

  async function run(
    context: CallContext,
    request: CheckOut,
    idempotencyKey: string,
    onUndoing: (undone: Promise<void>) => void,
  ): Promise<Order> {
    let order = await begin(context, request, idempotencyKey);
    if (order.status === 'confirmed') return toPublic(order);
    try {
      order = await claim(context, order);
      await carryOut(context, order);
    } catch (error) {
      const { undone } = await giveUp(context, order, error);
      onUndoing(undone);
      throw error;
    }
    outbox.afterCommit(order);
    const confirmed: StoredOrder = { ...order, status: 'confirmed' };
    finish(context, confirmed, oneDatabase || (await settledInTime(context, confirmed)));
    return toPublic(confirmed);
  }

  /** The order stands from its confirmation on: what fails now is finished by recovery, not told to the buyer. */
  async function settledInTime(context: CallContext, order: StoredOrder): Promise<boolean> {
    try {
      await settle(desk, context, order);
      return true;
    } catch (error) {
      log.error(`order ${order.id} will be settled later`, error);
      return false;
    }
  }

  function finish(context: CallContext, order: StoredOrder, settled: boolean): void {
    if (settled) close(desk, apart(context), order).catch(() => undefined);
  }

  /** The cart is free again before the answer where the caller's time allows it: who was refused may try again at once, with another card. */
  async function giveUp(context: CallContext, order: StoredOrder, error: unknown): Promise<{ undone: Promise<void> }> {
    const outside = apart(context);
    const described = order.lines.length > 0;
    if (!described && error instanceof CallError && error.code === 'conflict') {
      // What refuses a claim has claimed nothing, so there is nothing to undo and the key may be used again.
      await store.move(outside, order, 'pending', 'cancelled', { settled: true });
      return { undone: Promise.resolve() };
    }
    const reason = described && error instanceof CallError && error.refused ? error.message : '';
    if (!(await store.move(outside, order, 'pending', 'cancelling', { settled: false, reason })))
      return { undone: Promise.resolve() };
    await desk.cart.release(claimOf(order), { ...outside, deadlineAtMs: context.deadlineAtMs }).catch(() => undefined);
    const undone = compensate(desk, outside, { ...order, status: 'cancelling', reason }).catch(() => undefined);
    return { undone };
  }

  return {
    async checkOut(context, request, idempotencyKey) {
      for (let known = running.get(idempotencyKey); known !== undefined; known = running.get(idempotencyKey)) {
        assertSameRequest(known.request, request);
        try {
          return await known.work;
        } catch (error) {
          if (!(error instanceof CallError) || error.code !== 'deadline') throw error;
          // The time that ran out was that of the caller who came first; this one tries itself once all of that is undone.
          await known.undone;
          if (steadyMs() >= context.deadlineAtMs) throw error;
        }
      }
      const underway: Underway = {
        request,
        undone: Promise.resolve(),
        work: run(context, request, idempotencyKey, (undone) => {
          underway.undone = undone;
        }).finally(() => running.delete(idempotencyKey)),
      };
      running.set(idempotencyKey, underway);
      return underway.work;
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
          await settle(desk, context, order);
          return close(desk, context, order);
        case 'cancelled':
        case 'rejected':
      }
    },
    underway: running,
    unstored: () => 0,
  };
}

/** A check-out that is being done, for others who ask for the same. */
interface Underway {
  request: CheckOut;
  work: Promise<Order>;
  /** Settles when what a failed attempt did is undone. */
  undone: Promise<void>;
}

const cancelledMeanwhile = (): CallError => new CallError('conflict', 'the order was cancelled meanwhile');

/** For what is done to the end whether the buyer waits or not. */
function apart(context: CallContext): CallContext {
  return { ...detached(context), idempotencyKey: undefined };
}
