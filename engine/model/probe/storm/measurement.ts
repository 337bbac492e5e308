import { z } from 'zod';
import { faultSchema } from '../../fault.ts';
import { proseSchema } from '../../text.ts';
import { isolationEventSchema } from '../isolation/outcome.ts';
import { stormOutcomeSchema } from './outcome.ts';

/** A spike of load and a fault at once: the observation, from which everything that is said about it is derived with the slices of the load. */
export const stormMeasurementSchema = z.strictObject({
  fault: faultSchema,
  label: proseSchema,
  spikeFactor: z.number(),
  /** `applied`, or why not; then there are no moments and no counters. */
  status: z.enum(['applied', 'cannot-happen', 'aborted']),
  reason: proseSchema.nullable(),
  /** The rate around the spike and how busy that keeps what is busiest, 0 to 1; null or absent where it was not fitted to the machine. */
  pace: z.strictObject({ journeysPerSecond: z.number(), utilisation: z.number(), journeyCpuMs: z.number() }).nullish(),
  /** When the load began and when its rate rose, ms since the epoch: between them lies the calm that the storm is held against. */
  beganAtMs: z.number().nullable(),
  spikeAtMs: z.number().nullable(),
  /** When the fault took effect, and when it was undone and the spike over. */
  effectAtMs: z.number().nullable(),
  calmAtMs: z.number().nullable(),
  /** Until when it was watched. */
  watchedUntilMs: z.number().nullable(),
  /** When the units were asked for their counters in the calm: at its beginning, and last before the fault. */
  firstLookAtMs: z.number().nullable(),
  lastLookAtMs: z.number().nullable(),
  /** Calls that the faulted module received between those two looks; null where it could not be asked. */
  callsInCalm: z.number().int().min(0).nullable(),
  /** Since the last look until the end of the load: calls that the module received, and what all units repeated and opened; null where nobody could count. */
  counted: z
    .strictObject({
      calls: z.number().int().min(0),
      retries: z.number().int().min(0),
      breakerOpens: z.number().int().min(0),
    })
    .nullable(),
  events: z.array(isolationEventSchema),
  /** Resolution of every moment derived from slices, ms. */
  resolutionMs: z.number(),
  /** What version 1 derived and kept without its slices; null in results that have the slices. */
  legacy: stormOutcomeSchema.nullable().default(null),
});
export type StormMeasurement = z.infer<typeof stormMeasurementSchema>;
