import * as z from 'zod';

/** Values that several contracts speak of. Money is in whole cents. */
export const productIdSchema = z.string().regex(/^p-\d{1,6}$/, 'must look like p-123');
export const centsSchema = z.number().int().min(0).max(1_000_000_000);
export const quantitySchema = z.number().int().min(1).max(99);
/** Identity that the client gives a cart or an order. */
export const clientKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens or underscores');
/** A client's key, or one attempt at it. */
export const workKeySchema = z.string().min(1).max(120);

export const lineSchema = z.object({ productId: productIdSchema, quantity: z.number().int().min(1).max(9999) });
export type Line = z.infer<typeof lineSchema>;

export const doneSchema = z.object({ done: z.literal(true) });
export const done = { done: true } as const;

/** Identity of the n-th seeded product, the same in every module. */
export function productId(index: number): string {
  return `p-${index}`;
}

/** Number of products seeded when the configuration does not say. */
export const defaultProducts = 1200;
