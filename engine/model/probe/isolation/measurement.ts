import { z } from 'zod';
import { faultSchema } from '../../fault.ts';
import { proseSchema } from '../../text.ts';
import { isolationEventSchema, isolationOutcomeSchema } from './outcome.ts';

/** What a fault did to its deployment and when: the observation, from which everything that is said about it is derived with the slices of the load. */
export const isolationMeasurementSchema = z.strictObject({
  fault: faultSchema,
  label: proseSchema,
  scope: z.enum(['module', 'unit']),
  /** The unit that hosted the module. */
  unit: z.string(),
  /** Of two modules that are parted the one whose unit was cut off; otherwise the fault's own. */
  module: z.string(),
  /** `applied`, or `cannot-happen` where the shape cannot have the fault; then there are no moments. */
  status: z.enum(['applied', 'cannot-happen', 'aborted']),
  reason: proseSchema.nullable(),
  /** The steady window before all faults that it is held against, ms since the epoch. */
  baselineFromMs: z.number().nullable(),
  baselineUntilMs: z.number().nullable(),
  effectAtMs: z.number().nullable(),
  undoneAtMs: z.number().nullable(),
  /** End of the fault's own window: its undo, or the window's length after the effect where it heals itself. */
  endAtMs: z.number().nullable(),
  /** Until when it was watched. */
  watchedUntilMs: z.number().nullable(),
  /** From what the time to recover counts: `effect` for faults that heal themselves. */
  recoverCountedFrom: z.enum(['effect', 'undo']),
  restarts: z.number().int(),
  events: z.array(isolationEventSchema),
  /** Resolution of every moment derived from slices, ms. */
  resolutionMs: z.number(),
  /** What version 1 derived and kept without its slices; null in results that have the slices. */
  legacy: isolationOutcomeSchema.nullable().default(null),
});
export type IsolationMeasurement = z.infer<typeof isolationMeasurementSchema>;
