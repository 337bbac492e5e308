import { z } from 'zod';

/** The load that every probe puts on a deployment, unless it says otherwise. */
export const loadSettingsSchema = z.strictObject({
  journeysPerSecond: z.number().min(0.1).max(10_000),
  arrivals: z.enum(['poisson', 'constant']).default('poisson'),
  deadlineMs: z.number().int().min(10).max(60_000).default(1000),
  maxConnections: z.number().int().min(1).max(4096).default(256),
});
export type LoadSettings = z.infer<typeof loadSettingsSchema>;
