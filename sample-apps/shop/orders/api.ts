import { randomUUID } from 'node:crypto';
import { CallError, type Handlers } from '../../kit/index.ts';
import { clientKeySchema } from '../shared/values.ts';
import type { ordersContract } from './contract.ts';
import { toPublic } from './desk.ts';
import type { OrdersStore } from './store.ts';
import type { Strategy } from './strategies/strategy.ts';

export function createHandlers(store: OrdersStore, strategy: Strategy): Handlers<typeof ordersContract> {
  return {
    async checkOut(request, context) {
      const key = clientKeySchema.safeParse(context.idempotencyKey ?? randomUUID());
      if (!key.success) throw new CallError('bad-input', 'idempotency key: must be a key as of a cart or an order');
      return strategy.checkOut({ ...context, idempotencyKey: undefined }, request, key.data);
    },
    async order({ orderKey }, context) {
      const order = await store.byOrderKey(context, orderKey);
      if (order === undefined) throw new CallError('not-found', `there is no order ${orderKey}`);
      return toPublic(order);
    },
  };
}
