import { spotlight } from '@mantine/spotlight';
import type { BridgeEvents } from '../../engine/model/index.ts';
import { showShortcuts } from '../palette/Shortcuts.tsx';
import { confirmCancel } from '../run/RunActions.tsx';
import { listen } from '../shared/bridge.ts';
import { launch } from '../shared/launch.ts';
import { navigate, parseHash } from '../shared/router.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { pickApplication, useWorld } from '../shared/stores.ts';

type MenuCommand = BridgeEvents['menu:command'];

/** Does what a menu entry or deep link asks for. */
export function obey({ command, argument }: MenuCommand): void {
  switch (command) {
    case 'home':
    case 'explore':
    case 'topologies':
    case 'experiments':
    case 'run':
    case 'history':
    case 'settings':
      navigate(parseHash(command));
      break;
    case 'palette':
      spotlight.open();
      break;
    case 'shortcuts':
      showShortcuts();
      break;
    case 'launch-smoke':
      launchSmoke();
      break;
    case 'cancel-run':
      confirmCancel();
      break;
    case 'open-result':
      if (argument !== null) navigate({ page: 'result', id: argument });
      break;
  }
}

function launchSmoke(): void {
  const summary = pickApplication(useWorld.getState().applications);
  const smoke =
    summary === null ? undefined : scenariosFor(summary.application).find((scenario) => scenario.name === 'smoke');
  if (smoke !== undefined) void launch(smoke.experiment);
}

/** Follows the menu; returns the unsubscribe. */
export function followMenu(): () => void {
  return listen('menu:command', obey);
}
