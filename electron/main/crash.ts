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

/** Exit code of a program that met what nobody caught. */
const uncaughtCode = 70;

/**
 * Writes down what nobody caught. After an exception nothing is known of the program's state: it says so and ends; what it had kept is whole, and
 * what a run left behind is swept at the next start. A rejection belongs to one piece of work, and the program goes on.
 */
export function endOnUncaught(log: Log): void {
  let ending = false;
  process.on('uncaughtException', (error) => {
    log('error', `uncaught: ${error.stack ?? error.message}`);
    if (ending) return;
    ending = true;
    dialog.showErrorBox(
      'Cleave has to close',
      `Something went wrong that it did not expect: ${error.message}\n\nFinished rounds of a run, results and drafts are kept. The log folder in the profile has the details.`,
    );
    app.exit(uncaughtCode);
  });
  process.on('unhandledRejection', (reason) =>
    log('error', `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`),
  );
  app.on('child-process-gone', (_event, details) =>
    log('warning', `${details.type} process gone: ${details.reason} (${details.exitCode})`),
  );
}
