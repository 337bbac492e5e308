import { lazy, Suspense, useEffect } from 'react';
import { useHotkeys } from '../shared/hotkeys.ts';
import { useWorld } from '../shared/stores.ts';
import { openPalette, usePalette } from './palette-store.ts';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));
const patienceMs = 3000;

/** The place of the palette: it loads once the window has nothing better to do, or when it is asked for. */
export function PaletteSlot() {
  const wanted = usePalette((state) => state.wanted);
  // Also while somebody types in a field.
  useHotkeys(
    [
      ['mod+k', openPalette],
      ['mod+p', openPalette],
    ],
    true,
  );
  // Not before the page has what it shows first.
  const ready = useWorld((world) => world.applications !== null);
  useEffect(() => {
    if (!ready) return undefined;
    const waiting = requestIdleCallback(() => usePalette.setState({ wanted: true }), { timeout: patienceMs });
    return () => cancelIdleCallback(waiting);
  }, [ready]);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Palette />
    </Suspense>
  );
}
