import { randomUUID } from 'node:crypto';
import { CallError, type Handlers } from '../../kit/index.ts';
import type { ordersContract } from './contract.ts';
import { toPublic } from './desk.ts';
import type { OrdersStore } from './store.ts';
import type { Strategy } from './strategies/strategy.ts';

export function createHandlers(store: OrdersStore, strategy: Strategy): Handlers<typeof ordersContract> {
  return {
    checkOut: (request, context) =>
      strategy.checkOut({ ...context, idempotencyKey: undefined }, request, context.idempotencyKey ?? randomUUID()),
    async order({ orderKey }, context) {
      const order = await store.byOrderKey(context, orderKey);
      if (order === undefined) throw new CallError('not-found', `there is no order ${orderKey}`);
      return toPublic(order);
    },
  };
}
