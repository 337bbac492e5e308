import { nativeTheme, type BrowserWindow } from 'electron';
import type { AppSettings } from '../../engine/model/index.ts';

/** The window's background before the page has painted: the page's own two colours, so that nothing flashes. */
const background = { light: '#f7f7f9', dark: '#131518' };

/** Tells Chromium which scheme pages prefer; `system` follows the desktop. */
export function applyTheme(theme: AppSettings['theme']): void {
  nativeTheme.themeSource = theme;
}

export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

/** Keeps the background right when the scheme changes while the window is open. */
export function followTheme(window: BrowserWindow): void {
  const update = () => window.setBackgroundColor(backgroundColor());
  nativeTheme.on('updated', update);
  window.once('closed', () => nativeTheme.removeListener('updated', update));
}
