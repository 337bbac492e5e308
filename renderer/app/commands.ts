import type { BridgeEvents } from '../../engine/model/index.ts';
import { openPalette } from '../palette/palette-store.ts';
import { showShortcuts } from '../palette/Shortcuts.tsx';
import { confirmCancel } from '../run/RunActions.tsx';
import { listen } from '../shared/bridge.ts';
import { launch } from '../shared/launch.ts';
import { navigate, parseHash } from '../shared/router.ts';
import { pickApplication, refresh, useWorld } from '../shared/stores.ts';

type MenuCommand = BridgeEvents['menu:command'];

/** Does what a menu entry or deep link asks for. */
export function obey({ command, argument }: MenuCommand): void {
  switch (command) {
    case 'go':
      if (argument !== null) navigate(parseHash(argument));
      break;
    case 'palette':
      openPalette();
      break;
    case 'shortcuts':
      showShortcuts();
      break;
    case 'launch-smoke':
      void launchSmoke();
      break;
    case 'cancel-run':
      confirmCancel();
      break;
    case 'open-experiment':
      // What has just been taken in is not in the list yet.
      if (argument !== null)
        void refresh('experiments').then(() => navigate({ page: 'experiment', name: argument }, { unasked: true }));
      break;
    case 'open-run':
      navigate({ page: 'run' }, { unasked: true });
      break;
    case 'open-result':
      if (argument !== null) navigate({ page: 'result', id: argument }, { unasked: true });
      break;
  }
}

async function launchSmoke(): Promise<void> {
  const summary = pickApplication(useWorld.getState().applications);
  if (summary === null) return;
  const { scenariosFor } = await import('../shared/scenarios.ts');
  const smoke = scenariosFor(summary.application).find((scenario) => scenario.name === 'smoke');
  if (smoke !== undefined) await launch(smoke.experiment);
}

/** Follows the menu; returns the unsubscribe. */
export function followMenu(): () => void {
  return listen('menu:command', obey);
}
