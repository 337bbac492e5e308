import { z } from 'zod';
import { loadMeasurementSchema } from './load.ts';

/** What one running container or process says of itself: image, limits, processors, environment, Node. */
export const observedSchema = z.strictObject({
  unit: z.string(),
  /** Which copy of the unit, from 0. */
  instance: z.number().int().min(0).default(0),
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

/** One of the windows in which the deployments of a block are loaded in turn. */
export const loadWindowSchema = z.strictObject({
  /** Place in the block's turns, from 0. */
  index: z.number().int().min(0),
  /** Which pair of windows it belongs to, from 0; part of the seed. */
  pair: z.number().int().min(0),
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
