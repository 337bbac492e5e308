import { saveFile } from '../dialogs.ts';
import type { Context } from './context.ts';

const markdownFilter = { name: 'Markdown', extensions: ['md'] };

export function registerCampaignRequests({ requests, campaigns, host, window }: Context): void {
  requests.handle('claims:export', async (application, runtime, reader) => {
    const file = await host.request('claims:render', application, runtime, reader);
    return saveFile(window(), { ...file, filter: markdownFilter });
  });
  requests.handle('campaign:start', (application, presets, runtime) => campaigns.start(application, presets, runtime));
  requests.handle('campaign:go-on', () => campaigns.goOn());
  requests.handle('campaign:drop', () => campaigns.drop());
  requests.handle('campaign:state', () => campaigns.state());
}
