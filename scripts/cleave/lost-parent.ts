const LOOK_EVERY_MS = 500;

/**
 * Interrupts this program when the shell that npm started it in is gone and no signal has reached the program itself: stopping npm (not by the
 * keyboard) ends only that shell, and a run would go on with nobody to see it. Does nothing outside npm scripts.
 */
export function interruptWhenShellIsGone(): void {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const note = (): void => {
      signalled = true;
      process.removeListener(signal, note);
      // With no listener of the program's own, the signal ends it as it would have without this one.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.on(signal, note);
  }
  setInterval(() => {
    if (process.ppid !== shell && !signalled) process.kill(process.pid, 'SIGINT');
  }, LOOK_EVERY_MS).unref();
}
