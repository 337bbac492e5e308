import { z } from 'zod';

const count = z.number().int();

/** What a module that takes orders answers to an audit. */
const ordersSchema = z.object({
  orders: z.array(
    z.object({ key: z.string(), id: z.union([z.string(), z.number()]), status: z.string(), total: z.number() }),
  ),
});
/** What a module that takes money answers. */
const paymentsSchema = z.object({
  captures: z.array(z.object({ orderKey: z.string(), amount: z.number(), status: z.string() })),
});
/** What a module that keeps stock answers; counts are pieces over all products. */
const stockSchema = z.object({
  stock: z.object({ initial: count, available: count, reserved: count, sold: count }),
  negative: count,
});
/** What a module that tells customers answers. */
const notificationsSchema = z.object({ sent: z.array(z.string()) });

export const auditSchemas = {
  orders: ordersSchema,
  payments: paymentsSchema,
  stock: stockSchema,
  notifications: notificationsSchema,
};

/** The modules' books after quiescence, put together. A part is null when no module keeps it. */
export interface Books {
  orders: z.infer<typeof ordersSchema>['orders'];
  captures: z.infer<typeof paymentsSchema>['captures'] | null;
  stock: (z.infer<typeof stockSchema>['stock'] & { negative: number }) | null;
  sent: string[] | null;
}
