import type { Context } from './context.ts';

export function registerCampaignRequests({ requests, campaigns }: Context): void {
  requests.handle('campaign:start', (application, presets) => campaigns.start(application, presets));
  requests.handle('campaign:go-on', () => campaigns.goOn());
  requests.handle('campaign:drop', () => campaigns.drop());
  requests.handle('campaign:state', () => campaigns.state());
}
