import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import {
  centsSchema,
  clientKeySchema,
  doneSchema,
  lineSchema,
  productIdSchema,
  quantitySchema,
  workKeySchema,
} from '../shared/values.ts';

export const cartSchema = z.object({
  cartId: clientKeySchema,
  lines: z.array(
    z.object({ productId: productIdSchema, name: z.string(), unitCents: centsSchema, quantity: z.number().int() }),
  ),
  totalCents: centsSchema,
});
export type Cart = z.infer<typeof cartSchema>;

export const cartContract = defineContract('cart', {
  get: operation({
    summary: 'A cart with names and prices of today',
    repeat: 'safe',
    input: z.object({ cartId: clientKeySchema }),
    output: cartSchema,
  }),
  add: operation({
    summary: 'Puts a product into a cart; conflict when it holds too many different ones',
    repeat: 'never',
    input: z.object({ cartId: clientKeySchema, productId: productIdSchema, quantity: quantitySchema.default(1) }),
    output: z.object({ cartId: clientKeySchema, productId: productIdSchema, quantity: z.number().int() }),
  }),
  remove: operation({
    summary: 'Takes a product out of a cart',
    repeat: 'safe',
    input: z.object({ cartId: clientKeySchema, productId: productIdSchema }),
    output: doneSchema,
  }),
  takeOut: operation({
    summary: 'Takes what an order bought out of a cart, once for its key; what came in meanwhile stays',
    repeat: 'safe',
    input: z.object({ cartId: clientKeySchema, key: workKeySchema, lines: z.array(lineSchema) }),
    output: doneSchema,
  }),
});
