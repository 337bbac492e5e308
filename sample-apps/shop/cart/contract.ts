import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import {
  centsSchema,
  clientKeySchema,
  doneSchema,
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

const claimSchema = z.object({ cartId: clientKeySchema, key: workKeySchema });

/** A check-out claims what it buys, and then takes it out or gives it back; `key` names the claim, and repeating a step changes nothing. */
export const cartContract = defineContract('cart', {
  get: operation({
    summary: 'A cart with names and prices of today; what a check-out has claimed is still in it',
    repeat: 'safe',
    input: z.object({ cartId: clientKeySchema }),
    output: cartSchema,
  }),
  add: operation({
    summary: 'Puts a product into a cart; conflict when that would be too many of it, or too many different ones',
    repeat: 'never',
    input: z.object({ cartId: clientKeySchema, productId: productIdSchema, quantity: quantitySchema.default(1) }),
    output: z.object({ cartId: clientKeySchema, productId: productIdSchema, quantity: z.number().int() }),
  }),
  remove: operation({
    summary: 'Takes a product out of a cart; a check-out that has claimed it buys it nonetheless',
    repeat: 'safe',
    input: z.object({ cartId: clientKeySchema, productId: productIdSchema }),
    output: doneSchema,
  }),
  claim: operation({
    summary:
      'Claims for one check-out what no other has claimed, and says what that is; conflict when there is nothing',
    repeat: 'safe',
    input: claimSchema,
    output: cartSchema,
  }),
  takeOut: operation({
    summary: 'Takes what was claimed and is now bought out of a cart; what came in since the claim stays',
    repeat: 'safe',
    input: claimSchema,
    output: doneSchema,
  }),
  release: operation({
    summary: 'Gives up a claim, and refuses one of that key that comes later',
    repeat: 'safe',
    input: claimSchema,
    output: doneSchema,
  }),
});
