import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { cardSchema } from '../payments/contract.ts';
import { centsSchema, clientKeySchema, productIdSchema } from '../shared/values.ts';

export const customerSchema = z.object({
  name: z.string().trim().regex(/\S/, 'must not be blank').max(100),
  email: z.email().max(200),
  address: z.string().trim().regex(/\S/, 'must not be blank').max(300),
});
export const orderSchema = z.object({
  id: z.string(),
  orderKey: clientKeySchema,
  status: z.enum(['pending', 'confirmed', 'cancelled', 'rejected']),
  totalCents: centsSchema,
  lines: z.array(
    z.object({ productId: productIdSchema, name: z.string(), unitCents: centsSchema, quantity: z.number().int() }),
  ),
  customer: customerSchema,
});
export type Order = z.infer<typeof orderSchema>;

export const checkOutSchema = z.object({
  orderKey: clientKeySchema,
  cartId: clientKeySchema,
  customer: customerSchema,
  card: cardSchema,
});
export type CheckOut = z.infer<typeof checkOutSchema>;

export const ordersContract = defineContract('orders', {
  checkOut: operation({
    summary: 'Buys what is in a cart. The idempotency key of the call makes a repetition give the first answer again',
    repeat: 'with-key',
    input: checkOutSchema,
    output: orderSchema,
  }),
  order: operation({
    summary: 'An order by the key that the client gave it',
    repeat: 'safe',
    input: z.object({ orderKey: clientKeySchema }),
    output: orderSchema,
  }),
});
