import { registerAppRequests } from './app.ts';
import type { Context } from './context.ts';
import { registerExperimentRequests } from './experiments.ts';
import { registerForwardedRequests } from './forwarded.ts';
import { registerResultRequests } from './results.ts';
import { registerRunRequests } from './runs.ts';
import { registerSettingsRequests } from './settings.ts';

export type { Context } from './context.ts';

/** Opens the bridge: one file a domain. */
export function registerRequests(context: Context): void {
  registerAppRequests(context);
  registerExperimentRequests(context);
  registerForwardedRequests(context);
  registerResultRequests(context);
  registerRunRequests(context);
  registerSettingsRequests(context);
}
