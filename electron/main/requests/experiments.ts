import { chooseFile, saveFile } from '../dialogs.ts';
import type { Context } from './context.ts';

const experimentFilter = { name: 'Cleave experiment', extensions: ['cleave', 'json', 'yaml', 'yml'] };

export function registerExperimentRequests({ requests, host, reader, window }: Context): void {
  requests.handle('experiments:import', async () => {
    const path = await chooseFile(window(), experimentFilter);
    return path === null ? null : reader.request('experiments:import-file', path);
  });
  requests.handle('experiments:export', async (experiment) => {
    const file = await host.request('experiments:render', experiment);
    return saveFile(window(), { ...file, filter: experimentFilter });
  });
}
