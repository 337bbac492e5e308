import { z } from 'zod';

const stormWindowSchema = z.strictObject({
  scheduled: z.number().int(),
  good: z.number().int(),
  goodPerSecond: z.number(),
  /** Null below 200 requests. */
  p95Ms: z.number().nullable(),
});
export type StormWindow = z.infer<typeof stormWindowSchema>;

/** Everything that is derived from what was seen of a storm in one deployment. */
export const stormOutcomeSchema = z.strictObject({
  /** The calm before the spike. */
  baseline: stormWindowSchema,
  /** From the effect of the fault until spike and fault are over. */
  spike: stormWindowSchema,
  /** From then to the end of the observation. */
  recovery: stormWindowSchema,
  /** Calls received a request that needs the module, over the same before the storm; null where it was not called before or could not be asked. */
  amplification: z.number().nullable(),
  /** From calm to the start of the first recovered window, ms; null: not reached within the observation. */
  recoverMs: z.number().nullable(),
  /** Where it was not reached: it took at least this long, ms, since a recovery that began later could not be seen to its end. */
  recoverCensoredAtMs: z.number().nullable(),
  /** Not recovered although spike and fault are gone. */
  metastable: z.boolean(),
});
export type StormOutcome = z.infer<typeof stormOutcomeSchema>;
