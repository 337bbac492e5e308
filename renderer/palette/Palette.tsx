import '@mantine/spotlight/styles.css';
import { Spotlight } from '@mantine/spotlight';
import {
  IconFileAnalytics,
  IconFlask,
  IconKeyboard,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { withFaultsInWords } from '../../engine/model/index.ts';
import { formatEstimate } from '../../report/index.ts';
import { navItems } from '../app/nav.ts';
import { checkEngine } from '../engine-status/EngineLine.tsx';
import { useRun } from '../run/run-store.ts';
import { confirmCancel } from '../run/RunActions.tsx';
import { changeSettings } from '../settings/change-settings.ts';
import { estimateHere } from '../shared/estimate.ts';
import { launch } from '../shared/launch.ts';
import { navigate } from '../shared/router.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { pickApplication, useWorld } from '../shared/stores.ts';
import { showShortcuts } from './Shortcuts.tsx';

/** One thing the palette can do. */
interface Action {
  id: string;
  label: string;
  description?: string;
  keywords?: string[];
  leftSection: ReactNode;
  onClick: () => void;
}

/** Everything the window can do, by typing. */
export function Palette() {
  const applications = useWorld((world) => world.applications);
  const results = useWorld((world) => world.results);
  const experiments = useWorld((world) => world.experiments);
  const busy = useRun((state) => state.active);
  const actions = useMemo(() => {
    const summary = pickApplication(applications);
    const list: Action[] = navItems.map((item) => ({
      id: `go-${item.label}`,
      label: `Go to ${item.label}`,
      leftSection: <item.icon size={18} stroke={1.6} />,
      onClick: () => navigate(item.route),
    }));
    if (busy)
      list.push({
        id: 'cancel',
        label: 'Cancel the current run',
        leftSection: <IconPlayerStop size={18} />,
        onClick: confirmCancel,
      });
    else {
      for (const scenario of summary === null ? [] : scenariosFor(summary.application)) {
        list.push({
          id: `launch-${scenario.name}`,
          label: `Launch ${scenario.title}`,
          description: `${scenario.question} ${formatEstimate(estimateHere(scenario.experiment, useWorld.getState()))}`,
          leftSection: <IconPlayerPlay size={18} />,
          onClick: () => void launch(scenario.experiment),
        });
      }
    }
    for (const experiment of experiments ?? []) {
      list.push({
        id: `experiment-${experiment.name}`,
        label: `Edit ${experiment.title}`,
        leftSection: <IconFlask size={18} />,
        onClick: () => navigate({ page: 'experiment', name: experiment.name }),
      });
    }
    list.push(
      {
        id: 'engine',
        label: 'Check the engine again',
        leftSection: <IconRefresh size={18} />,
        onClick: () => void checkEngine(),
      },
      {
        id: 'light',
        label: 'Use the light theme',
        leftSection: <IconSun size={18} />,
        onClick: () => void changeSettings({ theme: 'light' }),
      },
      {
        id: 'dark',
        label: 'Use the dark theme',
        leftSection: <IconMoon size={18} />,
        onClick: () => void changeSettings({ theme: 'dark' }),
      },
      { id: 'shortcuts', label: 'Keyboard shortcuts', leftSection: <IconKeyboard size={18} />, onClick: showShortcuts },
    );
    for (const result of (results ?? []).slice(0, 200)) {
      list.push({
        id: `result-${result.id}`,
        label: result.title,
        description: withFaultsInWords(result.headlines[0] ?? ''),
        keywords: result.tags,
        leftSection: <IconFileAnalytics size={18} />,
        onClick: () => navigate({ page: 'result', id: result.id }),
      });
    }
    return list;
  }, [applications, results, experiments, busy]);
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      limit={9}
      highlightQuery
      nothingFound="Nothing matches"
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: 'Type a command or the title of a result',
        'aria-label': 'Command palette',
      }}
    />
  );
}
