import { z } from 'zod';
import { loadMeasurementSchema } from '../../load.ts';

/** One of the windows in which the deployments of a block are loaded in turn. */
export const loadWindowSchema = z.strictObject({
  /** Place in the block's turns, from 0. */
  index: z.number().int().min(0).max(999_999),
  /** Which pair of windows it belongs to, from 0; part of the seed. */
  pair: z.number().int().min(0).max(999_999),
  startedAtMs: z.number(),
  /** Measured time after the lead-in, ms. */
  lengthMs: z.number(),
  /** What came first and is not in `load`: time and requests after the deployment was resumed. */
  leadInMs: z.number(),
  leadInRequests: z.number().int(),
  /** For how long the deployment had been parked before, ms. */
  parkedMs: z.number(),
  withheldMs: z.number(),
  cpuSeconds: z.record(z.string(), z.number()),
  load: loadMeasurementSchema,
});
export type LoadWindow = z.infer<typeof loadWindowSchema>;

/** A second, higher rate on the same deployment. */
export const higherRateSchema = z.strictObject({
  journeysPerSecond: z.number().positive(),
  /** CPU seconds of all units over the load; null where resources were not measured. */
  cpuSeconds: z.number().nullable(),
  load: loadMeasurementSchema,
});
export type HigherRate = z.infer<typeof higherRateSchema>;
