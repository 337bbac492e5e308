import { EngineError, abortReason } from './errors.ts';

/**
 * Runs `work` for at most `limitMs`. The signal it gets aborts with the limit or with the caller's `signal`; the promise settles then even
 * if `work` does not. Throws `EngineError` kind `timeout`, or the caller's abort reason.
 */
export async function withDeadline<T>(
  what: string,
  limitMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw abortReason(signal);
  const controller = new AbortController();
  let stop = (_reason: Error): void => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = (reason) => {
      // Rejects before the abort so that the cause wins over the failure that the abort makes in `work`.
      reject(reason);
      controller.abort(reason);
    };
  });
  const timer = setTimeout(
    () => stop(new EngineError('timeout', `There was no answer within ${limitMs / 1000} s: ${what}`)),
    limitMs,
  );
  const onAbort = (): void => {
    if (signal) stop(abortReason(signal));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Waits, or throws the abort reason. */
export async function delay(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      if (signal) reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
