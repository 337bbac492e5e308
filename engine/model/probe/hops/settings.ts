import { z } from 'zod';
import { wholeMs } from '../../whole-ms.ts';

export const hopsSettingsSchema = z.strictObject({
  traceShare: z.number().min(0).max(1),
  durationMs: wholeMs(600_000).min(1000),
});
export type HopsSettings = z.infer<typeof hopsSettingsSchema>;
