import * as z from 'zod';
import { defineContract } from '../../kit/index.ts';
import { productSchema } from '../catalog/contract.ts';
import { productIdSchema } from '../shared/values.ts';

/** Nobody calls the storefront from inside: it offers routes, not operations. */
export const storefrontContract = defineContract('storefront', {});

/** Answers of the public API. `degraded` names optional modules that could not be asked. */
const degradedSchema = z.array(z.string());
export const homeSchema = z.object({
  featured: z.array(productSchema),
  recommended: z.array(productSchema),
  degraded: degradedSchema,
});
export type Home = z.infer<typeof homeSchema>;
export const searchSchema = z.object({ query: z.string(), products: z.array(productSchema), total: z.number().int() });
export const productPageSchema = z.object({
  product: productSchema,
  available: z.number().int().nullable(),
  recommended: z.array(productSchema),
  degraded: degradedSchema,
});
export type ProductPage = z.infer<typeof productPageSchema>;
export const recommendedSchema = z.object({ productId: productIdSchema, products: z.array(productSchema) });
