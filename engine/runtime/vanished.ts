import { EngineError } from './errors.ts';

/** Tells once that what belongs to a site was removed by somebody else. */
export class Vanished {
  readonly #controller = new AbortController();

  /** Aborts when it happens; the reason is an EngineError of kind `vanished`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** `what` names the things, in words for people. */
  tell(what: readonly string[]): void {
    if (this.signal.aborted) return;
    this.#controller.abort(
      new EngineError('vanished', `Somebody else removed or ended what was running here: ${what.join(', ')}`, {
        nextStep: 'Look for another program or person that cleans up on this machine, then start again.',
      }),
    );
  }
}

/**
 * Does work on a site. When somebody else removed what it works with, that is what is thrown, not what followed from it; also when the work
 * came to an end before it noticed.
 */
export async function orVanished<T>(
  site: { vanished: AbortSignal; assertThere(): Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  let value: T;
  try {
    value = await work();
  } catch (error) {
    await site.assertThere().catch((problem: unknown) => {
      if (problem instanceof EngineError && problem.kind === 'vanished') throw problem;
    });
    throw error;
  }
  site.vanished.throwIfAborted();
  return value;
}
