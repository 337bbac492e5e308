import type { AppSettings } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';
import { useWorld } from '../shared/stores.ts';

/** Saves a change of the settings; the window shows what the main process kept. Returns whether it was kept. */
export function changeSettings(change: Partial<AppSettings>): Promise<boolean> {
  return attempt('The setting could not be saved', async () => {
    const before = useWorld.getState().settings ?? (await ask('settings:get'));
    useWorld.setState({ settings: await ask('settings:set', { ...before, ...change }) });
  });
}
