import * as z from 'zod';
import { keepBusy } from './busy.ts';
import { faultKind } from './kind.ts';

const periodMs = 20;

/** Takes the share `share` of the processor away from the process, in slices too short to be a stall of their own. */
export const cpuHog = faultKind({
  kind: 'cpu-hog',
  parameters: z.object({ share: z.number().min(0.01).max(0.95).default(0.8) }),
  inject: (_target, { share }) => keepBusy(share * periodMs, periodMs),
});
