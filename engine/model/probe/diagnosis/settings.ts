import { z } from 'zod';
import { faultSchema } from '../../fault.ts';
import { wholeMs } from '../../whole-ms.ts';

/** Requests that are followed under one fault. */
export const mostFollowed = 50;

export const diagnosisSettingsSchema = z.strictObject({
  /** Done one after another. */
  faults: z.array(faultSchema).min(1).max(20),
  /** How long each stays, ms. */
  faultMs: wholeMs(60_000).min(500),
  /** Of the requests that fail under a fault so many are followed, spread evenly over them. */
  requests: z.number().int().min(1).max(mostFollowed),
});
export type DiagnosisSettings = z.infer<typeof diagnosisSettingsSchema>;
