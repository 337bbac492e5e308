import { z } from 'zod';
import { changeKindSchema } from '../../change.ts';
import { contractDifferenceSchema } from '../../contract-difference.ts';
import { nameSchema } from '../../name.ts';
import { replacementStrategySchema } from '../../replacement.ts';
import { lineSchema } from '../../text.ts';

const count = z.number().int().min(0);

/** What people asked for and did not get while something was released or taken back. */
const requestsSchema = z.strictObject({
  scheduled: z.number().int(),
  /** Without a good answer in time. */
  lost: z.number().int(),
  /** The same by endpoint, those with any. */
  lostBy: z.record(z.string(), z.number().int()),
  /** The longest time, ms, in which no request of some endpoint got a good answer, to a quarter of a second; absent in files of before. */
  longestGapMs: z.number().min(0).optional(),
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

/** One part of a release that is there while the other is not: two versions at once. */
const skewSchema = z.strictObject({
  /** Units whose contracts the change changes, or those that call them. */
  first: z.enum(['providers', 'callers']),
  released: z.array(z.string()).max(100),
  left: z.array(z.string()).max(100),
  /** Endpoints that fail by what the contracts say and who was seen to call what. */
  predicted: z.array(z.string()).max(500),
  /** By endpoint, asked independently of one another. */
  requests: z.record(z.string(), z.strictObject({ scheduled: count, lost: count })),
});
export type VersionSkew = z.infer<typeof skewSchema>;

const usedOperationSchema = z.strictObject({ from: nameSchema, to: nameSchema, operation: lineSchema(200) });
/** That a module calls an operation of another. */
export type UsedOperation = z.infer<typeof usedOperationSchema>;

const contractsSchema = z.strictObject({
  /** For callers that know the contracts of before. */
  differences: z.array(contractDifferenceSchema).max(1000),
  /** For callers that know the contracts of afterwards and still meet the ones of before. */
  backward: z.array(contractDifferenceSchema).max(1000),
  /** Where providers and callers are in different units; empty where the change cannot be half there. */
  skews: z.array(skewSchema).max(200),
  /**
   * All of the change there, and left those that call what it alters from another unit and have no other program by it, as in another language: two versions meet for good. Absent where there are none, and
   * in files of before.
   */
  staying: skewSchema.optional(),
  /** Which module was seen to call which operation of which other in this deployment; absent where nobody looked, as in files of before. */
  calls: z.array(usedOperationSchema).max(5000).optional(),
});
export type ContractChange = z.infer<typeof contractsSchema>;

const alarmSchema = z.strictObject({
  endpoint: z.string(),
  what: z.enum(['errors', 'slow']),
  bad: count,
  asked: count,
});
/** What was wrong with a release that was taken back for it. */
export type ReleaseAlarm = z.infer<typeof alarmSchema>;

/** A release is watched, and taken back by itself where it does harm; times are ms since the edit. */
const watchSchema = z.strictObject({
  /** How long it was to be watched once it was there. */
  watchedMs: z.number().min(0),
  /** When it was sure that something is wrong, or that it does not get ready; null: nothing was noticed. */
  noticedMs: z.number().min(0).nullable(),
  /** When all served again as before; null where nothing was noticed. */
  wholeMs: z.number().min(0).nullable(),
  /** Null where it was no request that told. */
  alarm: alarmSchema.nullable(),
});
export type ReleaseWatch = z.infer<typeof watchSchema>;

/** A change released once more after it was taken back, ms since that edit: bundled again, since no bundle is kept, and started from the images that were built of it. */
const warmSchema = z.strictObject({
  bundledMs: z.number().min(0),
  builtMs: z.number().min(0),
  replacedMs: z.number().min(0),
  seenMs: z.number().min(0).nullable(),
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
  /** From one second before the edit until it was watched for long enough, or one second after it was taken back for what was noticed. */
  requests: requestsSchema,
  /** Taking it back, ms since that began; null where nothing went live and what was there serves on. Without requests where it was taken back under the same load. */
  back: z.strictObject({ replacedMs: z.number(), requests: requestsSchema }).nullable(),
  /** What became of contracts; absent where nobody looked, as in files of before. */
  contracts: contractsSchema.optional(),
  /** Absent in files of before. */
  watch: watchSchema.optional(),
  /** Absent where it did not stay live, and in files of before. */
  warm: warmSchema.optional(),
});
export type RedeploymentMeasurement = z.infer<typeof redeploymentMeasurementSchema>;

/** When a change was live: the first answer that shows it, or the end of the replacement where none can; null where it was refused. */
export function liveMs({ status, seenMs, replacedMs }: RedeploymentMeasurement): number | null {
  return status === 'refused' ? null : (seenMs ?? replacedMs);
}

/** When a change was live that had been built before; null where that was not measured. */
export function warmLiveMs({ warm }: Pick<RedeploymentMeasurement, 'warm'>): number | null {
  return warm === undefined ? null : (warm.seenMs ?? warm.replacedMs);
}
