import { Problem } from '../../host-protocol/index.ts';
import { assertUsable } from '../data-folder.ts';
import { chooseFolder } from '../dialogs.ts';
import type { Context } from './context.ts';

export function registerSettingsRequests({ requests, settings, window }: Context): void {
  // The window may only name a folder that the person chose in the system's dialog.
  const chosen = new Set<string>();
  requests.handle('settings:get', () => settings.get());
  requests.handle('settings:set', (wanted) => {
    const { dataFolder } = wanted;
    if (dataFolder !== null && dataFolder !== settings.get().dataFolder) {
      if (!chosen.has(dataFolder))
        throw new Problem('bad-arguments', 'Field "dataFolder": choose the folder with the Choose button.');
      assertUsable(dataFolder);
    }
    return settings.set(wanted);
  });
  requests.handle('settings:choose-folder', async () => {
    const folder = await chooseFolder(window());
    if (folder !== null) {
      assertUsable(folder);
      chosen.add(folder);
    }
    return folder;
  });
}
