import { z } from 'zod';
import { instanceSchema } from '../../observed.ts';

export const unitResourcesSchema = z.strictObject({
  unit: z.string(),
  /** Which copy of the unit, from 0; absent: its only one. */
  instance: instanceSchema.optional(),
  /** Of this and the others null: the system does not tell. */
  cpuSeconds: z.number().nullable(),
  /** Resident memory at the end of the window, bytes. */
  memoryBytes: z.number().nullable(),
  memoryPeakBytes: z.number().nullable(),
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
