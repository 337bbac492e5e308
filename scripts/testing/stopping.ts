const controller = new AbortController();
let listens = false;

/** Aborts when this process is asked to end (Ctrl-C, `kill`, a time limit). From the first call on that no longer ends it at once: whoever started something takes it away first. */
export function stopping(): AbortSignal {
  if (!listens)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(name, () => controller.abort(new Error(`stopped by ${name}`)));
  listens = true;
  return controller.signal;
}
