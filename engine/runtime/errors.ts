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

/** Text of anything thrown, without a trailing full stop. */
export function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}

/** The reason of an aborted signal as an `Error`. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('This was cancelled', 'AbortError');
}
