import { z } from 'zod';
import { withDeadline } from '../deadline.ts';
import { EngineError, sentenceOf } from '../errors.ts';
import { engineWords } from './engine-words.ts';

/** Time limits of engine calls, ms. */
export const LIMIT_MS = { ask: 10_000, change: 20_000, tidy: 5000, build: 300_000 } as const;
/** An engine that works for longer than a call may take tells of it: this long it may tell nothing, ms. */
export const STILL_MS = 20_000;

/**
 * Makes one call on the engine. Every call of this room goes through here: it has a deadline, can be cancelled, and fails as an
 * `EngineError` in one sentence that begins with `what`, or with the cause where no engine answers.
 */
export async function engineCall<T>(
  what: string,
  limitMs: number,
  signal: AbortSignal | undefined,
  work: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await withDeadline(what, limitMs, signal, work);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw toEngineError(what, error);
  }
}

/** As `engineCall`, for calls whose wish is that something is gone or stands already: those answers of the engine count as done. */
export async function engineCallUnless(
  fine: readonly number[],
  what: string,
  limitMs: number,
  signal: AbortSignal | undefined,
  work: (abortSignal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  await engineCall(what, limitMs, signal, async (abortSignal) => {
    try {
      await work(abortSignal);
    } catch (error) {
      if (!fine.includes(statusOf(error) ?? 0)) throw error;
    }
  });
}

/** HTTP status of a failed engine call. */
export function statusOf(error: unknown): number | undefined {
  const source = error instanceof EngineError ? error.cause : error;
  return source instanceof Error && 'statusCode' in source && typeof source.statusCode === 'number'
    ? source.statusCode
    : undefined;
}

/** Whether nothing listens at all, as against one call that was cut or got no answer. */
export function isAway(error: unknown): boolean {
  return error instanceof EngineError && error.kind === 'no-engine' && AWAY.includes(codeOf(error.cause));
}

const AWAY = ['ENOENT', 'ECONNREFUSED', 'EACCES'];
const CUT = ['ECONNRESET', 'EPIPE'];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Words an engine's failure as one sentence and says what kind it is. */
export function toEngineError(what: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const status = statusOf(error);
  const text = sentenceOf(error)
    .replace(/^\(HTTP code \d+\) (?:.*?) - /, '')
    .replace(/\b[0-9a-f]{64}\b/g, (id) => id.slice(0, 12))
    .replace(/\s+/g, ' ')
    .trim();
  const code = codeOf(error);
  if ([...AWAY, ...CUT].includes(code)) {
    return new EngineError(
      'no-engine',
      `The container engine does not answer (${code}): ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
      {
        nextStep:
          code === 'EACCES'
            ? 'Give your user access to the engine’s socket.'
            : 'Start the container engine and try again.',
        cause: error,
      },
    );
  }
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const field = issue?.path.join('.') ?? '';
    return new EngineError(
      'engine',
      `${what}: what answers there does not answer as a container engine does (${field === '' ? '' : `field "${field}": `}${issue?.message ?? 'not understood'})`,
      { nextStep: 'Ask the engine itself where a proxy stands before it.', cause: error },
    );
  }
  const known = engineWords.find(({ said }) => said.test(text));
  if (known !== undefined)
    return new EngineError(known.kind, `${what}: ${known.problem}`, { nextStep: known.nextStep, cause: error });
  return new EngineError(status === 404 ? 'not-found' : 'engine', `${what}: ${text}`, { cause: error });
}
