import type { LoadSettings } from './load-settings.ts';

/** What every preset loads with that has no reason not to. */
export const presetLoad: LoadSettings = {
  journeysPerSecond: 30,
  arrivals: 'poisson',
  deadlineMs: 1000,
  maxConnections: 256,
};
