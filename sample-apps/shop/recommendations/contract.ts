import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { productIdSchema } from '../shared/values.ts';

export const recommendationsContract = defineContract('recommendations', {
  recommend: operation({
    summary: 'Products that go well with the given ones',
    repeat: 'safe',
    input: z.object({
      productIds: z.array(productIdSchema).max(50),
      limit: z.number().int().min(1).max(24).default(6),
    }),
    output: z.object({ productIds: z.array(productIdSchema) }),
  }),
});
