import { CallError } from '../../kit/index.ts';

/** Share of the usual deadline after which the answer is no longer waited for. */
const patience = 0.4;

/**
 * Part of a planted bug: asks, and when the answer is not there after a share of the deadline or the call failed, asks once more; the
 * first call goes on meanwhile. Rejects with what the second call rejects with, or at once when the callee refused.
 */
export async function impatient<T>(deadlineMs: number, ask: () => Promise<T>): Promise<T> {
  const first = ask();
  try {
    return await new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new CallError('deadline', 'no answer yet')), deadlineMs * patience);
      first.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  } catch (error) {
    if (error instanceof CallError && error.refused) throw error;
    first.catch(() => undefined);
    return ask();
  }
}
