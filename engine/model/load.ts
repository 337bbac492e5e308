import { z } from 'zod';
import { proseSchema } from './text.ts';

/** The most journeys a second that a load may start. */
export const highestPlannedRate = 100_000;
/** The longest that a load may keep one rate, ms. */
export const longestStageMs = 3_600_000;

/** What the generator is told. The plan alone decides every arrival: the same plan gives the same arrivals and data. */
export const loadPlanSchema = z.strictObject({
  /** Address of the entry unit as seen from where the generator stands, for example `http://storefront:8080`. */
  baseUrl: z.url(),
  /** Journeys of the application manifest, by name. Checked by the application schema before they come here. */
  journeys: z.record(z.string(), z.unknown()),
  /** Method of each endpoint by name; without it GET, or POST for a step with a body. */
  methods: z.record(z.string(), z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])).optional(),
  /** Journeys started per second: one rate, or steps one after another. */
  stages: z
    .array(
      z.strictObject({
        journeysPerSecond: z.number().positive().max(highestPlannedRate),
        durationMs: z.number().int().min(1).max(longestStageMs),
      }),
    )
    .min(1),
  arrivals: z.enum(['poisson', 'constant']),
  seed: z.number().int().min(0),
  /** A request is good only when it is complete this long after its intended start, ms. */
  deadlineMs: z.number().int().min(1).max(60_000),
  /** Open connections at once; arrivals beyond it wait in line and their wait counts. */
  maxConnections: z.number().int().min(1).max(4096).default(256),
  /** Length of one slice of the time line, ms. */
  sliceMs: z.number().int().min(50).max(10_000).default(1000),
  /** Share of requests that carry a sampled trace context, 0 to 1. */
  traceShare: z.number().min(0).max(1).default(0),
  /** Keep the outcome of each ledger step. */
  ledger: z.boolean().default(false),
  /** Mixed into drawn identities so that two loads of one deployment never repeat one. */
  identitySalt: z.string().max(64).default(''),
});
export type LoadPlan = z.infer<typeof loadPlanSchema>;

export const errorsSchema = z.strictObject({
  /** Answer with a status that was not expected. */
  status: z.number().int(),
  /** Expected status, wrong body. */
  shape: z.number().int(),
  /** No complete answer by the deadline. */
  timeout: z.number().int(),
  refused: z.number().int(),
  reset: z.number().int(),
  /** Anything else, name resolution for one. */
  other: z.number().int(),
});
export type Errors = z.infer<typeof errorsSchema>;

const countsShape = {
  /** Requests whose time had come. The denominator of availability. */
  scheduled: z.number().int(),
  /** Expected status and body, complete by the deadline counted from the intended start. */
  good: z.number().int(),
  /** Answered as expected, but after the deadline. */
  late: z.number().int(),
  /** Never sent, because the load ended or the line was full. */
  dropped: z.number().int(),
  errors: errorsSchema,
};

export const endpointLoadSchema = z.strictObject({
  ...countsShape,
  /** HDR histograms (compressed base64, microseconds, 3 digits). Response: from intended start, of answers as expected (good and late). Service: from the send. */
  responseTime: z.string(),
  serviceTime: z.string(),
  /** `responseTime` without what the generator itself was late with each request: what it added is known, and is not the application's. Null where it was not kept. */
  punctualTime: z.string().nullable().default(null),
  /** Age at which the other requests ended, from their intended start: they rank behind all answers. Null: they stand in `responseTime` at their age, as in version 1. */
  failureAge: z.string().nullable().default(null),
});
export type EndpointLoad = z.infer<typeof endpointLoadSchema>;

/** One slice of the time line, by intended start; sent once all its requests have ended. */
export const loadSliceSchema = z.strictObject({
  index: z.number().int().min(0).max(99_999_999),
  /** Start of the slice, ms since the epoch (fraction allowed). */
  startMs: z.number(),
  lengthMs: z.number(),
  /** Time that the machine withheld from a thread of the generator that slept and wanted to wake, ms. */
  withheldMs: z.number().default(0),
  endpoints: z.record(
    z.string(),
    z.strictObject({
      ...countsShape,
      /** Of answers as expected, from their intended start. */
      responseTime: z.string(),
      /** Age at which the other requests ended. */
      failureAge: z.string(),
      /** Steps that were not made because a request of their journey that was due in this slice went bad; not in `scheduled`. */
      notReached: z.number().int(),
    }),
  ),
});
export type LoadSlice = z.infer<typeof loadSliceSchema>;

export const generatorHealthSchema = z.strictObject({
  /** How late the pacer was, sent minus intended without waiting for a connection, ms. */
  pacingLagP50Ms: z.number(),
  pacingLagP99Ms: z.number(),
  /**
   * What late starts alone added to the median and to p95 of the response times: the percentile counted from the intended start less the
   * one counted from the moment of handing over, ms.
   */
  pacingShiftP50Ms: z.number().default(0),
  pacingShiftP95Ms: z.number().default(0),
  /** How long requests waited for a free connection, ms. */
  connectionWaitP99Ms: z.number(),
  /** Busy share of the generator's event loop, 0 to 1. */
  loopUtilization: z.number(),
  /** CPU of the generator over the load, seconds. */
  cpuSeconds: z.number(),
  /** Requests started over requests planned, 0 to 1. */
  offeredShare: z.number(),
  /** Share of time lost in scheduling hiccups, 0 to 1. */
  hiccupShare: z.number(),
  pacer: z.enum(['thread', 'timer']),
  /** False when the generator, not the application, shaped the numbers. */
  valid: z.boolean(),
  /** It could not offer the rate: nothing that its requests tell is the application's. */
  saturated: z.boolean().default(false),
  /** Response time percentiles that late starts alone have shifted beyond the bound; what does not count from the intended start is untouched. */
  shifted: z.array(z.enum(['p50', 'p95'])).default([]),
  /** Why it is not valid, in words. */
  reasons: z.array(proseSchema),
  /** What the machine did to it, in words: it makes numbers noisier, for every variant alike, and not wrong. */
  disturbances: z.array(proseSchema).default([]),
});
export type GeneratorHealth = z.infer<typeof generatorHealthSchema>;

/** Beyond these the machine disturbed the generator. */
export const DISTURBANCE_LIMITS = {
  /** Pacing lag, 99th percentile: the larger of these, ms and share of the median service time. */
  pacingLagMs: 1,
  pacingLagOfService: 0.05,
  /** Share of the time lost in sleeps that ended over 1 ms late. */
  withheldShare: 0.005,
};

export const ledgerEntrySchema = z.strictObject({
  key: z.string(),
  outcome: z.enum(['acknowledged', 'rejected', 'indeterminate']),
  /** When it was attempted, ms since the epoch. */
  atMs: z.number(),
  status: z.number().int().nullable(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** Requests of sampled journeys that failed are told one by one, so many of a load. */
export const mostFailuresTold = 500;

/** A request of a sampled journey that was not answered as expected. */
export const failedRequestSchema = z.strictObject({
  endpoint: z.string(),
  /** Trace id of its journey. */
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  outcome: z.enum(['dropped', 'status', 'shape', 'timeout', 'refused', 'reset', 'other']),
  /** Its intended start and its end, ms since the epoch. */
  startedAtMs: z.number(),
  endedAtMs: z.number(),
});
export type FailedRequest = z.infer<typeof failedRequestSchema>;

/** What the generator reports at the end of a load. */
export const loadMeasurementSchema = z.strictObject({
  startedAtMs: z.number(),
  durationMs: z.number(),
  journeys: z.record(z.string(), z.strictObject({ scheduled: z.number().int(), good: z.number().int() })),
  endpoints: z.record(z.string(), endpointLoadSchema),
  /** Steps of journeys that were not reached because an earlier step failed; in no endpoint's denominator. */
  skippedSteps: z.number().int(),
  generator: generatorHealthSchema,
  ledger: z.array(ledgerEntrySchema).default([]),
  /** Failed requests of sampled journeys in the order of their ends: all, or a sample of them; absent where none failed. */
  failures: z.array(failedRequestSchema).max(mostFailuresTold).optional(),
  bytesReceived: z.number(),
  bytesSent: z.number(),
});
export type LoadMeasurement = z.infer<typeof loadMeasurementSchema>;
