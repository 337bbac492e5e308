import { z } from 'zod';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
});
export type Bounds = z.infer<typeof boundsSchema>;

export const windowStateSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;

export const minimumSize = { width: 900, height: 600 };
const wantedSize = { width: 1320, height: 860 };
const visibleStrip = 80;

/**
 * Where the window opens: where it was, if enough of its title bar is still on a screen, else centred on the first screen.
 * Never larger than that screen. Pure; `screens` are work areas, the primary first.
 */
export function placeWindow(kept: WindowState | null, screens: readonly Bounds[]): WindowState {
  const primary = screens[0] ?? { x: 0, y: 0, ...wantedSize };
  if (kept !== null) {
    const home = screens.find((screen) => titleBarIsOn(kept.bounds, screen));
    if (home !== undefined) {
      const size = {
        width: clamp(kept.bounds.width, minimumSize.width, home.width),
        height: clamp(kept.bounds.height, minimumSize.height, home.height),
      };
      const x = clamp(kept.bounds.x, home.x - size.width + visibleStrip, home.x + home.width - visibleStrip);
      return { bounds: { x, y: Math.max(kept.bounds.y, home.y), ...size }, maximized: kept.maximized };
    }
  }
  const width = Math.min(wantedSize.width, primary.width);
  const height = Math.min(wantedSize.height, primary.height);
  const x = primary.x + Math.round((primary.width - width) / 2);
  const y = primary.y + Math.round((primary.height - height) / 2);
  return { bounds: { x, y, width, height }, maximized: kept?.maximized ?? false };
}

function titleBarIsOn(bounds: Bounds, screen: Bounds): boolean {
  const overlap = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  return (
    overlap >= visibleStrip &&
    bounds.y >= screen.y - visibleStrip / 4 &&
    bounds.y <= screen.y + screen.height - visibleStrip
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
