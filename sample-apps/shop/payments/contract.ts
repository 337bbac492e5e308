import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { centsSchema, clientKeySchema, doneSchema, workKeySchema } from '../shared/values.ts';

export const cardSchema = z.string().regex(/^\d{12,19}$/, 'must be 12 to 19 digits');
const keySchema = z.object({ key: workKeySchema });

/** `authorise`, `capture` and `void` are identified by `key`: repeating one changes nothing. */
export const paymentsContract = defineContract('payments', {
  authorise: operation({
    summary: 'Asks the provider to hold the money; conflict when it declines or the payment was voided',
    repeat: 'safe',
    input: z.object({ key: workKeySchema, orderKey: clientKeySchema, amountCents: centsSchema, card: cardSchema }),
    output: z.object({ status: z.enum(['authorised', 'captured']) }),
  }),
  capture: operation({ summary: 'Takes held money', repeat: 'safe', input: keySchema, output: doneSchema }),
  void: operation({
    summary: 'Lets held money go, and refuses an authorisation of that key that comes later',
    repeat: 'safe',
    input: keySchema,
    output: doneSchema,
  }),
  charge: operation({
    summary: 'Takes money at once; without a key every repetition takes it again',
    repeat: 'never',
    input: z.object({
      key: workKeySchema.optional(),
      orderKey: clientKeySchema,
      amountCents: centsSchema,
      card: cardSchema,
    }),
    output: doneSchema,
  }),
});
