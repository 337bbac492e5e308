import { z } from 'zod';
import { wholeMs } from '../../whole-ms.ts';

export const resourcesSettingsSchema = z.strictObject({ idleMs: wholeMs(600_000) });
export type ResourcesSettings = z.infer<typeof resourcesSettingsSchema>;
