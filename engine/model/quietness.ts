import { z } from 'zod';
import { proseSchema } from './text.ts';

/** How quiet the machine was around a round. */
export const quietnessSchema = z.strictObject({
  /** CPU used by programs that are not part of the experiment, share of the machine, 0 to 1; null where the system does not tell. */
  foreignCpuShare: z.number().nullable(),
  /** CPU that the hypervisor gave to others, share of the machine, 0 to 1; null where the system does not tell. */
  stolenCpuShare: z.number().nullable().default(null),
  /** Share of the time in which a sleeping thread was woken over 1 ms late; null where no thread watched (in rounds the generator's does). */
  withheldShare: z.number().nullable().default(null),
  /** Lateness of a timer in the engine, ms. */
  loopLagP99Ms: z.number(),
  quiet: z.boolean(),
  reasons: z.array(proseSchema),
});
export type Quietness = z.infer<typeof quietnessSchema>;
