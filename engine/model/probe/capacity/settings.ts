import { z } from 'zod';
import { wholeMs } from '../../whole-ms.ts';

export const capacitySettingsSchema = z.strictObject({
  startJourneysPerSecond: z.number().positive().max(100_000),
  maxJourneysPerSecond: z.number().positive().max(100_000),
  stepMs: wholeMs(600_000).min(1000),
  /** Bisection ends when the bracket is this narrow, as a share of its upper end. */
  precision: z.number().min(0.01).max(0.5),
  objective: z.strictObject({ p95Ms: z.number().positive(), availability: z.number().min(0).max(1) }),
});
export type CapacitySettings = z.infer<typeof capacitySettingsSchema>;
