import type { IsolationSettings } from './settings.ts';

/** Length of the window that must be good again after a fault, ms. */
export const recoveryWindowMs = 5000;
/** Doing a fault and undoing it, at most, ms. */
const handlingMs = 30_000;

/** How long the load under all faults of an experiment may last at most, ms. */
export function isolationLoadMs({ faults, control, baselineMs, faultMs, recoveryMs }: IsolationSettings): number {
  const each = faultMs + 2 * recoveryMs + 2 * recoveryWindowMs + handlingMs;
  return 3 * baselineMs + (faults.length + Number(control)) * each;
}
