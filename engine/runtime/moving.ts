import { EngineError, abortReason } from './errors.ts';

/**
 * Runs `work` for as long as it goes on: each call of `moved` gives it another `stillMs`. Where none comes in time, the signal it gets aborts and
 * the promise settles even if `work` does not. Throws `EngineError` kind `timeout` then, or the caller's abort reason.
 */
export async function whileMoving<T>(
  what: string,
  stillMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal, moved: () => void) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw abortReason(signal);
  const still = new AbortController();
  let stop = (_reason: Error): void => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = (reason) => {
      // Before the abort, so that the cause wins over the failure that the abort makes in `work`.
      reject(reason);
      still.abort(reason);
    };
  });
  const timer = setTimeout(
    () => stop(new EngineError('timeout', `Nothing moved for ${stillMs / 1000} s: ${what}`)),
    stillMs,
  );
  const onAbort = (): void => stop(abortReason(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(still.signal, () => void timer.refresh()), stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
