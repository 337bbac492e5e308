import { z } from 'zod';
import { changeKindSchema } from '../../change.ts';
import { nameSchema } from '../../name.ts';
import { replacementStrategySchema } from '../../replacement.ts';

/** What people asked for and did not get while something was released or taken back. */
const requestsSchema = z.strictObject({
  scheduled: z.number().int(),
  /** Without a good answer in time. */
  lost: z.number().int(),
  /** The same by endpoint, those with any. */
  lostBy: z.record(z.string(), z.number().int()),
});
export type ReleasedRequests = z.infer<typeof requestsSchema>;

/** What became of one instance, ms since the edit. */
const replacedSchema = z.strictObject({
  unit: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  createStartMs: z.number(),
  createdMs: z.number(),
  startedMs: z.number(),
  readyMs: z.number(),
  switchedMs: z.number(),
  drainedMs: z.number().nullable(),
  removedMs: z.number(),
});

/** One change released to one deployment and taken back; times are ms since the edit. */
export const redeploymentMeasurementSchema = z.strictObject({
  change: nameSchema,
  kind: changeKindSchema,
  strategy: replacementStrategySchema,
  order: z.enum(['providers-first', 'callers-first']),
  /** `refused`: a release that could not go live was given up, and what was there before went on serving. */
  status: z.enum(['released', 'refused']),
  /** Why it was refused; null where it was not. */
  reason: z.string().nullable(),
  startedAtMs: z.number(),
  /** Modules whose own files are edited, and units whose program became another. */
  modules: z.array(z.string()),
  changedUnits: z.array(z.string()),
  bundledMs: z.number(),
  builtMs: z.number(),
  /** What the images that were built add over the base. */
  addedBytes: z.number(),
  replaced: z.array(replacedSchema),
  replacedMs: z.number(),
  /** The first answer that shows the change; null where it cannot be seen from outside. */
  seenMs: z.number().nullable(),
  /** From one second before the edit to one second after the release. */
  requests: requestsSchema,
  /** Taking it back, ms since that began; null where nothing went live and what was there serves on. */
  back: z.strictObject({ replacedMs: z.number(), requests: requestsSchema }).nullable(),
});
export type RedeploymentMeasurement = z.infer<typeof redeploymentMeasurementSchema>;

/** When a change was live: the first answer that shows it, or the end of the replacement where none can; null where it was refused. */
export function liveMs({ status, seenMs, replacedMs }: RedeploymentMeasurement): number | null {
  return status === 'refused' ? null : (seenMs ?? replacedMs);
}
