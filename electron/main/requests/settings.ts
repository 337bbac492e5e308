import { Problem } from '../../host-protocol/index.ts';
import { assertUsable } from '../data-folder.ts';
import { chooseFolder, confirmEngine } from '../dialogs.ts';
import { assertTrusted } from '../engine-address.ts';
import type { Context } from './context.ts';

export function registerSettingsRequests({ requests, settings, window, host }: Context): void {
  // The window may only name a folder that the person chose in the system's dialog.
  const chosen = new Set<string>();
  requests.handle('settings:get', () => settings.get());
  requests.handle('settings:set', async (wanted) => {
    const { dataFolder, engineAddress } = wanted;
    if (dataFolder !== null && dataFolder !== settings.get().dataFolder) {
      if (!chosen.has(dataFolder))
        throw new Problem('bad-arguments', 'Field "dataFolder": choose the folder with the Choose button.');
      await assertUsable(dataFolder);
    }
    if (engineAddress !== null && engineAddress !== settings.get().engineAddress) {
      await assertTrusted(engineAddress, {
        judge: (address) => host.request('engine:judge-address', address),
        confirm: (address) => confirmEngine(window(), address),
      });
    }
    return settings.set(wanted);
  });
  requests.handle('settings:choose-folder', async () => {
    const folder = await chooseFolder(window());
    if (folder !== null) {
      await assertUsable(folder);
      chosen.add(folder);
    }
    return folder;
  });
}
