import path from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { replaceFileSync } from '../../engine/files/index.ts';
import { readJson } from './files.ts';
import type { Log } from './log.ts';
import type { Places } from './places.ts';
import { backgroundColor, followTheme } from './theme.ts';
import { minimumSize, placeWindow, windowStateSchema } from './window-state.ts';

/** Opens the one window, where it was when it was last closed: at once and in the page's colour, so that nothing flashes when the page paints. */
export function openWindow(places: Places, url: string, log: Log): BrowserWindow {
  const stateFile = path.join(places.profile, 'window.json');
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const state = placeWindow(
    readJson(stateFile, windowStateSchema),
    [primary, ...others].map((display) => display.workArea),
  );

  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Cleave',
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: path.join(places.out, 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  followTheme(window);
  if (state.maximized) window.maximize();

  const keep = () => {
    try {
      replaceFileSync(stateFile, JSON.stringify({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
    } catch (error) {
      log('warning', `The window's place could not be kept: ${String(error)}`);
    }
  };
  window.on('close', keep);
  if (process.platform === 'linux') {
    // Reading it takes 20 ms, for which the page's process would not have been started yet.
    window.webContents.once('did-finish-load', () => window.setIcon(path.join(places.out, 'icon.png')));
  }
  void window.loadURL(url).catch((error: unknown) => log('error', `The page could not be loaded: ${String(error)}`));
  return window;
}
