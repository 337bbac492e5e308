import { z } from 'zod';
import { wholeMs } from '../../whole-ms.ts';

export const warmUpSettingsSchema = z.strictObject({
  minMs: wholeMs(600_000),
  maxMs: wholeMs(600_000),
  minRequests: z.number().int().min(0).max(1_000_000),
});
export type WarmUpSettings = z.infer<typeof warmUpSettingsSchema>;
