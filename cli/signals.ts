/** Exit code of a run that the user cancelled with Ctrl-C, as shells have it: 128 + SIGINT. */
export const cancelledCode = 130;

/** The user pressed Ctrl-C (or the system asked to stop) and everything was cleaned up. */
export class CancelledError extends Error {
  override name = 'CancelledError';
}

/**
 * Runs `work` with a signal that aborts at the first SIGINT or SIGTERM; the work then cleans up and settles. A second one is
 * told to wait, since what was created must go. Throws CancelledError when it was cancelled.
 */
export async function withCancel<T>(
  work: (signal: AbortSignal) => Promise<T>,
): Promise<{ value: T; cancelled: boolean }> {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      process.stderr.write('Still removing what was created; this takes a few seconds.\n');
      return;
    }
    process.stderr.write('\nCancelling: undoing faults and removing everything that was created.\n');
    controller.abort(new CancelledError('cancelled'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return { value: await work(controller.signal), cancelled: controller.signal.aborted };
  } catch (error) {
    if (controller.signal.aborted) throw new CancelledError('cancelled', { cause: error });
    throw error;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** Takes it for a Ctrl-C when nobody reads the output any more (`| head`), so that a run is cleaned up instead of crashing. */
export function interruptWithoutReader(): void {
  let told = false;
  const ended = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    if (told) return;
    told = true;
    process.kill(process.pid, 'SIGINT');
  };
  process.stdout.on('error', ended);
  // Where both go into one pipe (`2>&1 | head`), saying that it is cancelled meets the same end.
  process.stderr.on('error', ended);
}
