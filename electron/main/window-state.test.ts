import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimumSize, placeWindow } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('placeWindow', () => {
  test('opens where it was, also on the second screen', () => {
    const kept = { bounds: { x: 2000, y: 40, width: 1000, height: 700 }, maximized: true };
    expect(placeWindow(kept, [screen, second])).toEqual(kept);
  });

  test('comes back to the first screen when its own is gone', () => {
    const kept = { bounds: { x: 2000, y: 40, width: 1000, height: 700 }, maximized: false };
    const { bounds } = placeWindow(kept, [screen]);
    expect(bounds.x).toBeGreaterThanOrEqual(0);
    expect(bounds.x + bounds.width).toBeLessThanOrEqual(screen.width);
  });

  test('without anything kept it is centred and fits', () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 };
    expect(placeWindow(null, [small]).bounds).toEqual({ x: 0, y: 0, width: 1024, height: 700 });
  });

  test('wherever it was, enough of its title bar is on some screen', () => {
    const number = fc.integer({ min: -20_000, max: 20_000 });
    const size = fc.integer({ min: 200, max: 20_000 });
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const { bounds } = placeWindow({ bounds: { x, y, width, height }, maximized: false }, [screen, second]);
        const visible = [screen, second].some(
          (home) =>
            Math.min(bounds.x + bounds.width, home.x + home.width) - Math.max(bounds.x, home.x) >= 80 &&
            bounds.y >= home.y &&
            bounds.y < home.y + home.height,
        );
        expect(visible).toBe(true);
        expect(bounds.width).toBeGreaterThanOrEqual(minimumSize.width);
      }),
    );
  });
});
