import { z } from 'zod';
import { proseSchema } from '../../text.ts';

export const warmUpSchema = z.strictObject({
  durationMs: z.number(),
  requests: z.number().int(),
  /** The rule that ended it, in words. */
  rule: proseSchema,
  steady: z.boolean(),
});
export type WarmUp = z.infer<typeof warmUpSchema>;
