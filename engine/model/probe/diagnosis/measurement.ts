import { z } from 'zod';
import { faultSchema } from '../../fault.ts';
import { proseSchema } from '../../text.ts';
import { mostFollowed } from './settings.ts';

/** Lines of one step that are kept in words, and characters of each. */
export const mostLinesTold = 12;
export const longestLineTold = 300;

/** One place that was looked at: what a unit has logged, or what the engine says of its state. */
const stepSchema = z.strictObject({
  unit: z.string(),
  at: z.enum(['log', 'state']),
  /** Lines that were read there. */
  lines: z.number().int().min(0),
  /** The first of them, in the first search of a fault. */
  told: z.array(proseSchema).max(mostLinesTold).optional(),
});
export type SearchStep = z.infer<typeof stepSchema>;

/** From one failing request to the modules that may be at fault. */
const searchSchema = z.strictObject({
  endpoint: z.string(),
  /** When it was due, ms since the epoch. */
  startedAtMs: z.number(),
  steps: z.array(stepSchema).min(1).max(100),
  /** Modules that are left at its end; one: the cause is named, rightly or wrongly. */
  suspects: z.array(z.string()).min(1).max(100),
});
export type Search = z.infer<typeof searchSchema>;

/** What was found out from outside under one fault. */
export const diagnosisMeasurementSchema = z.strictObject({
  fault: faultSchema,
  label: proseSchema,
  /** Where the faulted module lives in this variant. */
  unit: z.string(),
  module: z.string(),
  /** `applied`, or why not; then nothing was searched. */
  status: z.enum(['applied', 'cannot-happen', 'aborted']),
  reason: proseSchema.nullable(),
  /** When it took effect and when it was over, ms since the epoch. */
  effectAtMs: z.number().nullable(),
  overAtMs: z.number().nullable(),
  /** Requests that failed while it was in effect. */
  failed: z.number().int().min(0),
  searches: z.array(searchSchema).max(mostFollowed),
});
export type DiagnosisMeasurement = z.infer<typeof diagnosisMeasurementSchema>;
