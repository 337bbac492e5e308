import { z } from 'zod';
import { wholeMs } from '../../whole-ms.ts';

export const latencySettingsSchema = z.strictObject({
  durationMs: wholeMs(3_600_000).min(1000),
  /** Loads the deployments of a block in turn, in windows this long; null or absent: each in one piece. */
  windows: z
    .strictObject({
      lengthMs: wholeMs(60_000).min(500),
      /** What is discarded at the start of each window, at least so long and so many requests. */
      leadInMs: wholeMs(10_000),
      leadInRequests: z.number().int().min(0).max(10_000),
    })
    .nullish(),
  /** A second load at this multiple of the experiment's rate; null or absent: none. */
  higher: z.strictObject({ factor: z.number().min(1).max(50), durationMs: wholeMs(600_000).min(1000) }).nullish(),
});
export type LatencySettings = z.infer<typeof latencySettingsSchema>;

/** How many windows each deployment is loaded in; 0 where the load is in one piece. */
export function windowsOf({ durationMs, windows }: LatencySettings): number {
  return windows == null ? 0 : Math.max(1, Math.round(durationMs / windows.lengthMs));
}
