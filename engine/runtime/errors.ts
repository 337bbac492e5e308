/** What went wrong, for code that reacts to it; people read the message. */
export type EngineErrorKind =
  | 'no-engine'
  | 'timeout'
  | 'port-taken'
  | 'disk-full'
  | 'image-build'
  | 'not-found'
  | 'unsafe'
  | 'too-much'
  | 'unsupported'
  | 'vanished'
  | 'engine';

/** A runtime's failure in one clear sentence. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  /** What a person can do about it, one sentence; null if there is nothing to say. */
  readonly nextStep: string | null;

  constructor(kind: EngineErrorKind, message: string, options: { nextStep?: string | null; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'EngineError';
    this.kind = kind;
    this.nextStep = options.nextStep ?? null;
  }
}

/** What went wrong and, where that is known, what to do about it: whole sentences. */
export function inFull(error: unknown): string {
  if (!(error instanceof EngineError) || error.nextStep === null)
    return error instanceof Error ? error.message : String(error);
  return `${sentenceOf(error)}. ${error.nextStep}`;
}

/** Text of anything thrown, without a trailing full stop. */
export function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}

/** A failed write of this machine's files; `what` begins the sentence. */
export function writeProblem(kind: EngineErrorKind, what: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
    const path = 'path' in error && typeof error.path === 'string' ? ` of ${error.path}` : '';
    return new EngineError('disk-full', `${what}: the disk${path} is full`, {
      nextStep: 'Free some space and try again.',
      cause: error,
    });
  }
  return new EngineError(kind, `${what}: ${sentenceOf(error)}`, { cause: error });
}

/** The reason of an aborted signal as an `Error`. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('This was cancelled', 'AbortError');
}
