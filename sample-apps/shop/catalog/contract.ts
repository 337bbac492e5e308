import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { centsSchema, productIdSchema } from '../shared/values.ts';

export const productSchema = z.object({
  id: productIdSchema,
  name: z.string(),
  category: z.string(),
  description: z.string(),
  priceCents: centsSchema,
});
export type Product = z.infer<typeof productSchema>;

const limitSchema = z.number().int().min(1).max(60).default(12);

export const catalogContract = defineContract('catalog', {
  search: operation({
    summary: 'Products that match every word of a query, best first',
    repeat: 'safe',
    input: z.object({ query: z.string().max(100), limit: limitSchema }),
    output: z.object({ products: z.array(productSchema), total: z.number().int() }),
  }),
  featured: operation({
    summary: 'Products for the home page',
    repeat: 'safe',
    input: z.object({ limit: limitSchema }),
    output: z.object({ products: z.array(productSchema) }),
  }),
  product: operation({
    summary: 'One product',
    repeat: 'safe',
    input: z.object({ id: productIdSchema }),
    output: productSchema,
  }),
  products: operation({
    summary: 'Several products; unknown ones are left out',
    repeat: 'safe',
    input: z.object({ ids: z.array(productIdSchema).max(100) }),
    output: z.object({ products: z.array(productSchema) }),
  }),
});
