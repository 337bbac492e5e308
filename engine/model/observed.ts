import { z } from 'zod';

/** Which copy of a unit, from 0. */
export const instanceSchema = z.number().int().min(0).max(999);

/** What one running container or process says of itself: image, limits, processors, environment, Node. */
export const observedSchema = z.strictObject({
  unit: z.string(),
  /** Which copy of the unit, from 0. */
  instance: instanceSchema.default(0),
  /** True for a server of the store, which stands beside the units in the same budget. */
  supporting: z.literal(true).optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ObservedUnit = z.infer<typeof observedSchema>;

/** How far another clock is ahead of the laboratory's, measured when the deployment came up. */
export const clockSchema = z.strictObject({
  /** Whose clock: `agent`, `engine`, or a unit. */
  of: z.string(),
  offsetMs: z.number(),
  /** The offset is known to within half of this, ms. */
  roundTripMs: z.number(),
  atMs: z.number(),
});
export type ClockOffset = z.infer<typeof clockSchema>;
