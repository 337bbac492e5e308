import { z } from 'zod';

/** Most that one message carries of a connection's bytes, before base64. */
export const mostBytes = 64 * 1024;

const connection = { id: z.int().min(0) };

/** What either end says of a connection that is open, one JSON object a line. */
const about = [
  z.strictObject({ ...connection, type: z.literal('data'), base64: z.base64() }),
  /** Its sender writes no more. */
  z.strictObject({ ...connection, type: z.literal('end') }),
  /** It is over for both. */
  z.strictObject({ ...connection, type: z.literal('close') }),
] as const;

/** What the relay is told. */
export const orderSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...{ ...connection, type: z.literal('open'), host: z.string().min(1).max(253) },
    port: z.int().min(1).max(65_535),
  }),
  ...about,
]);
export type Order = z.infer<typeof orderSchema>;

/** What the relay tells. */
export const newsSchema = z.discriminatedUnion('type', [...about]);
export type News = z.infer<typeof newsSchema>;
