import { z } from 'zod';
import { instanceSchema } from '../../observed.ts';

/** Marks on one unit's time line, ms after the deployment's clock started; null: not seen. */
export const unitTimelineSchema = z.strictObject({
  unit: z.string(),
  /** Which copy of the unit, from 0; absent: its only one. */
  instance: instanceSchema.optional(),
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
  /** The servers of the store, started before the units whose data they hold; absent where there are none. */
  databases: z.array(unitTimelineSchema).optional(),
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
