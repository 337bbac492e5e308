import { z } from 'zod';
import { proseSchema } from '../../text.ts';

export const consistencyMeasurementSchema = z.strictObject({
  attempted: z.number().int(),
  acknowledged: z.number().int(),
  rejected: z.number().int(),
  indeterminate: z.number().int(),
  lost: z.array(z.string()),
  duplicated: z.array(z.string()),
  phantom: z.array(z.string()),
  recovered: z.number().int(),
  stuck: z.array(z.string()),
  conserved: z.array(
    z.strictObject({
      invariant: z.string(),
      holds: z.boolean(),
      expected: z.number(),
      found: z.number(),
      text: proseSchema,
    }),
  ),
  quiescedMs: z.number().nullable(),
});
export type ConsistencyMeasurement = z.infer<typeof consistencyMeasurementSchema>;
