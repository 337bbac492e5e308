import { z } from 'zod';
import { errorsSchema } from '../../load.ts';
import { proseSchema } from '../../text.ts';

export const isolationEventSchema = z.strictObject({
  atMs: z.number(),
  kind: z.string(),
  text: proseSchema,
  /** The unit it happened to; null or absent where it is not one unit's. */
  unit: z.string().nullish(),
});

const windowSchema = z.strictObject({
  scheduled: z.number().int(),
  good: z.number().int(),
  /** Steps that were not made because a request of their journey that was due in the window went bad; not in `scheduled`. */
  notReached: z.number().int().default(0),
  errors: errorsSchema,
  p50Ms: z.number().nullable(),
  /** Null below 200 requests. */
  p95Ms: z.number().nullable(),
});

/** One endpoint in the three windows of one fault, in one deployment. */
export const isolationEndpointSchema = z.strictObject({
  endpoint: z.string(),
  need: z.enum(['required', 'optional', 'none']),
  baseline: windowSchema,
  fault: windowSchema,
  recovery: windowSchema,
  /** max(0, 1 - A(fault)/A(baseline)), 0 to 1, of the requests that were made, with its 95 % interval. */
  degradation: z.number(),
  degradationLow: z.number(),
  degradationHigh: z.number(),
  /** The same with requests that were not reached counted as lost; absent in results of version 1. */
  wantedDegradation: z.number().optional(),
  /** Median under the fault less the median before it, ms; null without requests. Absent in results of version 1. */
  addedMs: z.number().nullable().optional(),
  /** p95(fault)/p95(baseline); null below 200 requests in either. */
  inflation: z.number().nullable(),
  /** In this deployment requests to it were lost or slower beyond chance. */
  impacted: z.boolean(),
  /** Not hurt as far as it was reached, but often not reached, because an earlier request that it builds on went bad. */
  cutOff: z.boolean().default(false),
});
export type IsolationEndpoint = z.infer<typeof isolationEndpointSchema>;

/** One moment of a fault's time line; `endpoint` is `all` for all endpoints together. */
const timelinePointSchema = z.strictObject({
  atMs: z.number(),
  /** Time that the point stands for, ms; absent in results of version 1. */
  lengthMs: z.number().optional(),
  endpoint: z.string(),
  scheduled: z.number().int(),
  good: z.number().int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

/** Everything that is derived from what was seen of one fault in one deployment. */
export const isolationOutcomeSchema = z.strictObject({
  endpoints: z.array(isolationEndpointSchema),
  /** Share of traffic to endpoints that were hurt in this deployment. */
  breadth: z.number(),
  severity: z.number(),
  /** 1 - sum(w D)/sum(w) over the endpoints that do not need the module, in the window of fixed length after the effect; null when all need it. */
  isolationIndex: z.number().nullable(),
  /** Good requests missing against the baseline's share, from the effect to the end of the observation. */
  lostGoodRequests: z.number(),
  /** Requests wanted in that time: scheduled and not reached. Absent in results of version 1. */
  wantedRequests: z.number().optional(),
  /** `lostGoodRequests` over the good requests a second before the fault, s; null without any. Absent in results of version 1. */
  outageSeconds: z.number().nullable().optional(),
  /** Good and wanted requests in the window of fixed length, of the endpoints that do not need the module and of all. Absent in results of version 1. */
  indexCounts: z
    .strictObject({
      unneeding: z.strictObject({ good: z.number().int(), wanted: z.number().int() }),
      all: z.strictObject({ good: z.number().int(), wanted: z.number().int() }),
    })
    .optional(),
  detect: z.strictObject({
    userMs: z.number().nullable(),
    engineMs: z.number().nullable(),
    breakerMs: z.number().nullable(),
  }),
  /** From effect (self-healing) or undo to the start of the first recovered window; null: not reached within the observation. */
  recoverMs: z.number().nullable(),
  /** Where it was not reached: it took at least this long, ms, since a recovery that began later could not be seen to its end. */
  recoverCensoredAtMs: z.number().nullable(),
  metastable: z.boolean(),
  brownOutMs: z.number().nullable(),
  /** Endpoints hurt although the map says they should not be, and the other way round. */
  surprises: z.array(z.strictObject({ endpoint: z.string(), predicted: z.boolean(), observed: z.boolean() })),
  timeline: z.array(timelinePointSchema),
  /** Share of the time from the effect to the end of the observation that the machine withheld from the generator, 0 to 1; null where it was not watched. */
  withheldShare: z.number().nullable().default(null),
});
export type IsolationOutcome = z.infer<typeof isolationOutcomeSchema>;
