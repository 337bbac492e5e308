import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { centsSchema, clientKeySchema, doneSchema, productIdSchema, quantitySchema } from '../shared/values.ts';

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
    summary: 'Puts a product into a cart',
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
  clear: operation({
    summary: 'Empties a cart',
    repeat: 'safe',
    input: z.object({ cartId: clientKeySchema }),
    output: doneSchema,
  }),
});
