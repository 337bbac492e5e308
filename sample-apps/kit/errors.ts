/** Why a call failed. A code in the 400s is the callee's final word; one in the 500s leaves open whether the work was done. */
export type ErrorCode =
  | 'bad-input'
  | 'not-found'
  | 'conflict'
  | 'key-reused'
  | 'too-large'
  | 'internal'
  | 'injected'
  | 'bad-answer'
  | 'connection-reset'
  | 'unavailable'
  | 'starting'
  | 'shed'
  | 'breaker-open'
  | 'bulkhead-full'
  | 'store-unavailable'
  | 'provider-unavailable'
  | 'deadline';

const statuses: Record<ErrorCode, number> = {
  'bad-input': 400,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'key-reused': 422,
  internal: 500,
  injected: 500,
  'bad-answer': 502,
  'connection-reset': 502,
  unavailable: 503,
  starting: 503,
  shed: 503,
  'breaker-open': 503,
  'bulkhead-full': 503,
  'store-unavailable': 503,
  'provider-unavailable': 503,
  deadline: 504,
};

const repeatable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'injected',
  'connection-reset',
  'unavailable',
  'starting',
  'shed',
  'store-unavailable',
  'provider-unavailable',
  'deadline',
]);

/** The one error that crosses module boundaries, the same whether the call was local or remote. */
export class CallError extends Error {
  override name = 'CallError';
  readonly code: ErrorCode;
  /** Whether the same call may do better later. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? repeatable.has(code);
  }

  /** The HTTP status that fits. */
  get status(): number {
    return statuses[this.code];
  }

  /** True when the callee refused for a reason of the caller's (4xx): its answer is final and it is well. */
  get refused(): boolean {
    return this.status < 500;
  }
}

/** The body of every error between units. */
export interface ErrorEnvelope {
  error: { code: string; message: string; retryable: boolean };
}

export function toEnvelope(error: CallError): ErrorEnvelope {
  return { error: { code: error.code, message: error.message, retryable: error.retryable } };
}

/**
 * Turns what came over the wire back into the error that the callee threw. Never throws: what is not an envelope, or has a code that says final
 * where the status says open or the other way round, is `bad-answer`.
 */
export function fromEnvelope(status: number, body: unknown): CallError {
  const { code, message, retryable } = fieldsOf(fieldsOf(body)['error']);
  if (typeof code !== 'string' || typeof message !== 'string' || !isErrorCode(code))
    return new CallError('bad-answer', `the answer had status ${status} and no readable error`);
  const error = new CallError(code, message, typeof retryable === 'boolean' ? { retryable } : {});
  if (error.refused !== (status >= 400 && status < 500))
    return new CallError(
      'bad-answer',
      `the answer had status ${status} and an error "${code}", which contradict each other`,
    );
  return error;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(statuses, code);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Anything thrown, as a `CallError`: what is not one already becomes `internal`. */
export function asCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  return new CallError('internal', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
