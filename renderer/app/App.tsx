import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { useEffect } from 'react';
import { followCampaign } from '../claims/campaign-store.ts';
import { followDrafts } from '../drafts/follow.ts';
import { followExplore } from '../explore/explore-store.ts';
import { PaletteSlot } from '../palette/PaletteSlot.tsx';
import { showShortcuts } from '../palette/Shortcuts.tsx';
import { followRun } from '../run/run-store.ts';
import { useHotkeys } from '../shared/hotkeys.ts';
import { followNotes } from '../shared/notes.ts';
import { followHash, navigate } from '../shared/router.ts';
import { followWorld, useWorld } from '../shared/stores.ts';
import { followMenu } from './commands.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { followFocus } from './keep-focus.ts';
import { navItems } from './nav.ts';
import { followReturns } from './read-again.ts';
import { Shell } from './Shell.tsx';
import { overlays, theme } from './theme.ts';

/** The whole window. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ErrorBoundary>
        <ModalsProvider>
          <Follow />
          <PaletteSlot />
          <Shell />
        </ModalsProvider>
      </ErrorBoundary>
      {/* What opens over the page, inside of a landmark like everything else. */}
      <section id={overlays} aria-label="Over the page" />
    </MantineProvider>
  );
}

/** Keeps the stores in step with the main process, and the keys with the pages. */
function Follow() {
  useEffect(() => {
    const stops = [
      followHash(),
      followWorld(),
      followRun(),
      followCampaign(),
      followExplore(),
      followMenu(),
      followDrafts(),
      followNotes(),
      followFocus(),
      followReturns(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const wanted = useWorld((world) => world.settings?.theme);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (wanted !== undefined) setColorScheme(wanted === 'system' ? 'auto' : wanted);
  }, [wanted, setColorScheme]);
  useHotkeys([
    ['?', showShortcuts],
    ...navItems.map((item): [string, () => void] => [`mod+${item.key}`, () => navigate(item.route)]),
  ]);
  return null;
}
