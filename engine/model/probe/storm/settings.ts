import { z } from 'zod';
import { faultSchema } from '../../fault.ts';
import { wholeMs } from '../../whole-ms.ts';

export const stormSettingsSchema = z.strictObject({
  fault: faultSchema,
  /** Arrival rate during the spike over the experiment's. */
  spikeFactor: z.number().min(1).max(50),
  baselineMs: wholeMs(600_000).min(1000),
  /** Length of the spike and of the fault, ms. */
  spikeMs: wholeMs(600_000).min(1000),
  /** How long recovery is waited for after both, ms. */
  recoveryMs: wholeMs(600_000).min(1000),
  /**
   * Fits the rate to the machine: loads of `gaugeMs`, at the experiment's rate and then at the rate found, tell what a journey costs, and
   * the storm runs at the rate that keeps what is busiest (the module's process, or the CPUs of all units) busy for the share
   * `utilisation`. Null or absent: at the experiment's rate.
   */
  pace: z.strictObject({ utilisation: z.number().min(0.05).max(0.95), gaugeMs: wholeMs(600_000).min(1000) }).nullish(),
});
export type StormSettings = z.infer<typeof stormSettingsSchema>;
