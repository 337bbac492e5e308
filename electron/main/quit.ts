import { app } from 'electron';
import type { Log } from './log.ts';

export interface QuitOptions {
  /** Whether something runs that must be cleaned up first. */
  busy: () => boolean;
  /** Says so to the person. */
  announce: () => void;
  /** Ends everything within this time, ms. */
  cleanUp: (patienceMs: number) => Promise<void>;
  log: Log;
}

const idlePatienceMs = 3000;
const busyPatienceMs = 30_000;

/** First quit: cancel and clean up, then leave. Second quit while that goes on: leave at once; what stays is swept at the next start. */
export function quitSafely(options: QuitOptions): { windowMayClose: () => boolean } {
  let phase: 'running' | 'cleaning' | 'leaving' = 'running';
  app.on('before-quit', (event) => {
    if (phase === 'leaving') return;
    if (phase === 'cleaning') {
      options.log('warning', 'second quit: leaving without waiting');
      phase = 'leaving';
      return;
    }
    event.preventDefault();
    phase = 'cleaning';
    const busy = options.busy();
    if (busy) options.announce();
    void options.cleanUp(busy ? busyPatienceMs : idlePatienceMs).finally(() => {
      phase = 'leaving';
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // The window stays while a run is being cleaned up, to show what is undone.
  return { windowMayClose: () => phase === 'leaving' || !options.busy() };
}
