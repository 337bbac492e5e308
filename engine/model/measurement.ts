import { z } from 'zod';
import { faultSchema } from './fault.ts';
import { isolationEventSchema, isolationOutcomeSchema } from './isolation-outcome.ts';
import { stormOutcomeSchema } from './storm-outcome.ts';
import { proseSchema } from './text.ts';

/** Marks on one unit's time line, ms after the deployment's clock started; null: not seen. */
export const unitTimelineSchema = z.strictObject({
  unit: z.string(),
  /** Which copy of the unit, from 0; absent: its only one. */
  instance: z.number().int().min(0).optional(),
  modules: z.array(z.string()),
  /** Build of the artifact when it was made in this run (cold) or found (warm); not part of the total. */
  buildMs: z.number(),
  buildKind: z.enum(['cold', 'warm']),
  imageBytes: z.number(),
  /** What the unit adds over the base image, bytes. */
  addedBytes: z.number(),
  createStartMs: z.number(),
  createdMs: z.number(),
  startedMs: z.number(),
  readyMs: z.number(),
});
export type UnitTimeline = z.infer<typeof unitTimelineSchema>;

export const deploymentMeasurementSchema = z.strictObject({
  startedAtMs: z.number(),
  units: z.array(unitTimelineSchema),
  /** Network and companion, made before the clock started, ms. */
  preparationMs: z.number(),
  allReadyMs: z.number(),
  /** First good request through the entry, ms after the clock started: the headline deployment time. */
  firstGoodMs: z.number(),
  /** Response time of the first request of each endpoint on the fresh deployment, ms. */
  firstRequestMs: z.record(z.string(), z.number()),
  /** One echo container or bare process, create to first answer, in the same session, ms; null where not measured. */
  floorMs: z.number().nullable(),
  teardownMs: z.number().nullable(),
});
export type DeploymentMeasurement = z.infer<typeof deploymentMeasurementSchema>;

export const warmUpSchema = z.strictObject({
  durationMs: z.number(),
  requests: z.number().int(),
  /** The rule that ended it, in words. */
  rule: proseSchema,
  steady: z.boolean(),
});
export type WarmUp = z.infer<typeof warmUpSchema>;

export const unitResourcesSchema = z.strictObject({
  unit: z.string(),
  /** Which copy of the unit, from 0; absent: its only one. */
  instance: z.number().int().min(0).optional(),
  cpuSeconds: z.number(),
  /** Resident memory at the end of the window, bytes. */
  memoryBytes: z.number(),
  memoryPeakBytes: z.number(),
  networkReceivedBytes: z.number().nullable(),
  networkSentBytes: z.number().nullable(),
});
export const resourceMeasurementSchema = z.strictObject({
  windowMs: z.number(),
  goodRequests: z.number().int(),
  units: z.array(unitResourcesSchema),
  /** Without load, before the warm-up. */
  idle: z.array(unitResourcesSchema),
  idleWindowMs: z.number(),
});
export type ResourceMeasurement = z.infer<typeof resourceMeasurementSchema>;
export type UnitResources = z.infer<typeof unitResourcesSchema>;

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

export const capacityMeasurementSchema = z.strictObject({
  objective: z.strictObject({ p95Ms: z.number(), availability: z.number() }),
  points: z.array(
    z.strictObject({
      journeysPerSecond: z.number(),
      goodPerSecond: z.number(),
      p95Ms: z.number().nullable(),
      availability: z.number(),
      met: z.boolean(),
      generatorValid: z.boolean(),
    }),
  ),
  /** Highest rate that met the objective; null when even the lowest did not. */
  journeysPerSecond: z.number().nullable(),
  goodPerSecond: z.number().nullable(),
  goodPerSecondPerCpu: z.number().nullable(),
  bounded: z.enum(['bracketed', 'generator', 'range']),
});
export type CapacityMeasurement = z.infer<typeof capacityMeasurementSchema>;

/** One edge of the call graph: sums over the sampled journeys, given per journey. */
export const hopEdgeSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  operation: z.string(),
  kind: z.enum(['local', 'remote']),
  callsPerJourney: z.number(),
  bytesPerJourney: z.number(),
  /** Per journey, ms. */
  ownMs: z.number(),
  storeMs: z.number(),
  networkMs: z.number(),
  serializationMs: z.number(),
  totalMs: z.number(),
});
export const hopsMeasurementSchema = z.strictObject({
  sampledJourneys: z.number().int(),
  sampledRequests: z.number().int(),
  edges: z.array(hopEdgeSchema),
  endpoints: z.record(
    z.string(),
    z.strictObject({
      samples: z.number().int(),
      ownMs: z.number(),
      storeMs: z.number(),
      networkMs: z.number(),
      serializationMs: z.number(),
      queueMs: z.number(),
      totalMs: z.number(),
    }),
  ),
});
export type HopEdge = z.infer<typeof hopEdgeSchema>;
export type HopsMeasurement = z.infer<typeof hopsMeasurementSchema>;

export const consistencyMeasurementSchema = z.strictObject({
  attempted: z.number().int(),
  acknowledged: z.number().int(),
  rejected: z.number().int(),
  indeterminate: z.number().int(),
  lost: z.array(z.string()),
  duplicated: z.array(z.string()),
  phantom: z.array(z.string()),
  recovered: z.number().int(),
  stuck: z.array(z.string()),
  conserved: z.array(
    z.strictObject({
      invariant: z.string(),
      holds: z.boolean(),
      expected: z.number(),
      found: z.number(),
      text: proseSchema,
    }),
  ),
  quiescedMs: z.number().nullable(),
});
export type ConsistencyMeasurement = z.infer<typeof consistencyMeasurementSchema>;

/** How quiet the machine was around a round. */
export const quietnessSchema = z.strictObject({
  /** CPU used by programs that are not part of the experiment, share of the machine, 0 to 1; null where the system does not tell. */
  foreignCpuShare: z.number().nullable(),
  /** CPU that the hypervisor gave to others, share of the machine, 0 to 1; null where the system does not tell. */
  stolenCpuShare: z.number().nullable().default(null),
  /** Share of the time in which a sleeping thread was woken over 1 ms late; null where no thread watched (in rounds the generator's does). */
  withheldShare: z.number().nullable().default(null),
  /** Lateness of a timer in the engine, ms. */
  loopLagP99Ms: z.number(),
  quiet: z.boolean(),
  reasons: z.array(proseSchema),
});
export type Quietness = z.infer<typeof quietnessSchema>;
