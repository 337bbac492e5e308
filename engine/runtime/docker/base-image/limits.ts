/** Time limits of the engine calls made for the base image. */
/** From asking for a pull to the engine's first word about it; covers name resolution and the registry's first answer. */
export const PULL_ANSWER_LIMIT_MS = 20_000;
export const PULL_LIMIT_MS = 10 * 60_000;
export const IMPORT_LIMIT_MS = 5 * 60_000;

/** A signal that aborts when `signal` does or when `limitMs` have passed. */
export function within(limitMs: number, signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(limitMs);
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
}
