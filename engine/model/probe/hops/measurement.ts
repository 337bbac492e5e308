import { z } from 'zod';

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
