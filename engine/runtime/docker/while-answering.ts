import type Docker from 'dockerode';
import { delay, withDeadline } from '../deadline.ts';
import { EngineError } from '../errors.ts';
import { signalled } from './signalled.ts';

export interface Patience {
  /** Between two questions, ms. */
  askEveryMs: number;
  /** An engine silent for so long is lost, ms. */
  silentMs: number;
}

const usual: Patience = { askEveryMs: 1000, silentMs: 10_000 };

/**
 * Runs `work`, which may take minutes in which the engine rightly says nothing, and gives it up once the engine answers nobody: a build would wait
 * for an engine that hangs until its limit. Throws `EngineError` kind `no-engine` then; the signal that `work` gets aborts.
 */
export async function whileAnswering<T>(
  docker: Docker,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  { askEveryMs, silentMs }: Patience = usual,
): Promise<T> {
  const over = new AbortController();
  const lost = new AbortController();
  const asking = async (): Promise<never> => {
    for (;;) {
      await delay(askEveryMs, over.signal);
      try {
        await withDeadline('Asking whether it answers', silentMs, over.signal, (abortSignal) =>
          signalled(docker).ping({ abortSignal }),
        );
      } catch (error) {
        over.signal.throwIfAborted();
        const reason = new EngineError('no-engine', 'The container engine does not answer any more', {
          nextStep: 'Start the container engine and try again.',
          cause: error,
        });
        lost.abort(reason);
        throw reason;
      }
    }
  };
  const watch = asking();
  // It rejects when the work is over, which is nobody's failure.
  watch.catch(() => undefined);
  try {
    return await Promise.race([work(AbortSignal.any([signal, lost.signal])), watch]);
  } finally {
    over.abort(new Error('the work is over'));
  }
}
