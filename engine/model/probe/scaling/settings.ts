import { z } from 'zod';
import { nameSchema } from '../../name.ts';
import { wholeMs } from '../../whole-ms.ts';
import { rateSearchSchema } from '../rate-search.ts';

export const scalingSettingsSchema = z.strictObject({
  /** The module that the skewed load is for, and whose unit gets more instances. */
  hot: nameSchema,
  /** What all instances of a variant may use together, as a share of the application's CPUs; each of them gets an equal part. */
  cpuShare: z.number().min(0.05).max(1),
  search: rateSearchSchema,
  /** How long instances are under each load, without limits, before it is searched with some that are new. */
  settleMs: wholeMs(60_000).min(500),
  /** How long the doubled load goes on while instances are added; null: no elastic step. */
  elasticMs: wholeMs(600_000).min(5000).nullable(),
});
export type ScalingSettings = z.infer<typeof scalingSettingsSchema>;
