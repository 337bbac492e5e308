import { z } from 'zod';
import { faultSchema } from '../../fault.ts';
import { wholeMs } from '../../whole-ms.ts';

export const isolationSettingsSchema = z.strictObject({
  faults: z.array(faultSchema).min(0).max(60),
  baselineMs: wholeMs(600_000).min(1000),
  faultMs: wholeMs(600_000).min(1000),
  recoveryMs: wholeMs(600_000).min(1000),
  /** Also one window pair without a fault, whose matrix must be empty. */
  control: z.boolean().default(false),
  /** Time that faults may be in effect in one round, all together, ms; null or absent: no bound. */
  budgetMs: wholeMs(3_600_000).min(1000).nullish(),
});
export type IsolationSettings = z.infer<typeof isolationSettingsSchema>;
