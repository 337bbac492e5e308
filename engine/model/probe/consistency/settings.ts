import { z } from 'zod';
import { wholeMs } from '../../whole-ms.ts';

export const consistencySettingsSchema = z.strictObject({ settleMs: wholeMs(120_000) });
export type ConsistencySettings = z.infer<typeof consistencySettingsSchema>;
