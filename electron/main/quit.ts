import { app, powerMonitor } from 'electron';
import type { Log } from './log.ts';

/** What a person wants who closes the window, or quits, while a run goes on. */
export type Leaving = 'keep-running' | 'cancel-and-quit' | 'back';

export interface QuitOptions {
  /** Whether something runs that must be cleaned up first. */
  busy: () => boolean;
  /** Asks the person; only while busy. */
  ask: () => Promise<Leaving>;
  /** Takes the window away; the run goes on. */
  hide: () => void;
  /** Says so to the person. */
  announce: () => void;
  /** Ends everything within this time, ms. */
  cleanUp: (patienceMs: number) => Promise<void>;
  log: Log;
}

export interface Quitting {
  /** Whether closing the window loses nothing. */
  windowMayClose(): boolean;
  /** Cancels what runs and leaves, without a question: for who has answered it, and for a system that is shutting down. */
  cancelAndQuit(): void;
}

const idlePatienceMs = 3000;
const busyPatienceMs = 30_000;

/**
 * First quit: while a run goes on a question, then cancel and clean up, then leave. Second quit while that goes on: leave at once; what stays is
 * swept at the next start.
 */
export function quitSafely(options: QuitOptions): Quitting {
  let phase: 'running' | 'asking' | 'cleaning' | 'leaving' = 'running';

  const clean = (busy: boolean) => {
    phase = 'cleaning';
    if (busy) options.announce();
    void options.cleanUp(busy ? busyPatienceMs : idlePatienceMs).finally(() => {
      phase = 'leaving';
      app.quit();
    });
  };
  const follow = (answer: Leaving) => {
    // Somebody else may have ended the program meanwhile.
    if (phase !== 'asking') return;
    phase = 'running';
    switch (answer) {
      case 'cancel-and-quit':
        return clean(options.busy());
      case 'keep-running':
        // A run that ended while the question stood leaves its window where it is.
        if (options.busy()) options.hide();
        return;
      case 'back':
        return;
    }
  };

  app.on('before-quit', (event) => {
    switch (phase) {
      case 'leaving':
        return;
      case 'cleaning':
        options.log('warning', 'second quit: leaving without waiting');
        phase = 'leaving';
        return;
      case 'asking':
        return event.preventDefault();
      case 'running':
        event.preventDefault();
        if (!options.busy()) return clean(false);
        phase = 'asking';
        void options.ask().then(follow, (error: unknown) => {
          options.log('warning', `the question could not be asked: ${String(error)}`);
          follow('back');
        });
    }
  });
  const cancelAndQuit = () => {
    if (phase === 'running' || phase === 'asking') clean(options.busy());
    else app.quit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, cancelAndQuit);
  powerMonitor.on('shutdown', cancelAndQuit);
  // The window stays while a run is being cleaned up, to show what is undone.
  return { windowMayClose: () => phase === 'leaving' || !options.busy(), cancelAndQuit };
}
