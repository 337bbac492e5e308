import { z } from 'zod';

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
