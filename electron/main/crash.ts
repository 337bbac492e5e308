import { app, dialog, type BrowserWindow } from 'electron';
import type { Log } from './log.ts';

const patienceMs = 60_000;
const reloadsInThatTime = 3;

/** Loads the page again when its process dies; after three deaths in a minute it asks instead. The run goes on meanwhile. */
export function reviveWindow(window: BrowserWindow, log: Log): void {
  let deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    log('error', `The page's process died (${details.reason}, ${details.exitCode}).`);
    const nowMs = Date.now();
    deaths = [...deaths.filter((atMs) => nowMs - atMs < patienceMs), nowMs];
    // Reloading inside the event itself is not safe.
    if (deaths.length <= reloadsInThatTime) setImmediate(() => !window.isDestroyed() && window.webContents.reload());
    else void askWhatToDo(window);
  });
  window.on('unresponsive', () => log('warning', 'The page does not respond.'));
  window.on('responsive', () => log('info', 'The page responds again.'));
}

async function askWhatToDo(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window keeps crashing.',
    detail: 'A running experiment goes on and its result will be in the history.',
    buttons: ['Load it again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 0) window.webContents.reload();
  else app.quit();
}

/** Writes down what nobody caught; the program goes on. */
export function logUncaught(log: Log): void {
  process.on('uncaughtException', (error) => log('error', `uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) =>
    log('error', `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`),
  );
  app.on('child-process-gone', (_event, details) =>
    log('warning', `${details.type} process gone: ${details.reason} (${details.exitCode})`),
  );
}
