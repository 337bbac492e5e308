import { registerAppRequests } from './app.ts';
import { registerCampaignRequests } from './campaign.ts';
import type { Context } from './context.ts';
import { registerDraftRequests } from './drafts.ts';
import { registerExperimentRequests } from './experiments.ts';
import { registerForwardedRequests } from './forwarded.ts';
import { registerResultRequests } from './results.ts';
import { registerRunRequests } from './runs.ts';
import { registerSettingsRequests } from './settings.ts';
import { registerWeightsRequests } from './weights.ts';

export { beginRun } from './runs.ts';
export type { Context } from './context.ts';

/** Opens the bridge: one file a domain. */
export function registerRequests(context: Context): void {
  registerAppRequests(context);
  registerCampaignRequests(context);
  registerDraftRequests(context);
  registerExperimentRequests(context);
  registerForwardedRequests(context);
  registerResultRequests(context);
  registerRunRequests(context);
  registerSettingsRequests(context);
  registerWeightsRequests(context);
}
