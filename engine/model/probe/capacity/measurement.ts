import { z } from 'zod';
import { rateMeasurementShape } from '../rate-search.ts';

const { points, journeysPerSecond, goodPerSecond, bounded } = rateMeasurementShape;

export const capacityMeasurementSchema = z.strictObject({
  objective: z.strictObject({ p95Ms: z.number(), availability: z.number() }),
  ...{ points, journeysPerSecond, goodPerSecond },
  goodPerSecondPerCpu: z.number().nullable(),
  bounded,
});
export type CapacityMeasurement = z.infer<typeof capacityMeasurementSchema>;
