import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { doneSchema, lineSchema, productIdSchema, workKeySchema } from '../shared/values.ts';

const workSchema = z.object({ key: workKeySchema, lines: z.array(lineSchema).min(1).max(100) });
const keySchema = z.object({ key: workKeySchema });

/** All writes are identified by `key`: repeating one changes nothing. */
export const inventoryContract = defineContract('inventory', {
  availability: operation({
    summary: 'How many of each product can be bought',
    repeat: 'safe',
    input: z.object({ productIds: z.array(productIdSchema).max(100) }),
    output: z.object({ available: z.record(productIdSchema, z.number().int()) }),
  }),
  reserve: operation({
    summary: 'Holds stock for an order; conflict when there is not enough',
    repeat: 'safe',
    input: workSchema,
    output: doneSchema,
  }),
  commit: operation({
    summary: 'Turns held stock into sold stock',
    repeat: 'safe',
    input: keySchema,
    output: doneSchema,
  }),
  release: operation({
    summary: 'Gives held stock back, and refuses a hold of that key that comes later',
    repeat: 'safe',
    input: keySchema,
    output: doneSchema,
  }),
  take: operation({
    summary: 'Sells stock at once; conflict when there is not enough',
    repeat: 'safe',
    input: workSchema,
    output: doneSchema,
  }),
});
