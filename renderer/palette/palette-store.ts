import { create } from 'zustand';

/** Whether the palette has been loaded, or is being loaded. */
export const usePalette = create<{ wanted: boolean }>(() => ({ wanted: false }));

/** Opens the palette, or closes it when it is open. */
export function openPalette(): void {
  usePalette.setState({ wanted: true });
  void import('@mantine/spotlight').then(({ spotlight }) => spotlight.toggle());
}
