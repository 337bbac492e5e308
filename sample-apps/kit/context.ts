import { steadyMs } from './clock.ts';
import type { Transaction } from './database/transaction.ts';
import { CallError } from './errors.ts';
import type { Span } from './trace.ts';

/** What travels with a call, as a plain value handed from function to function. */
export interface CallContext {
  /** The module that calls; `client` for requests from outside, `system` for a module's own background work. */
  readonly caller: string;
  /** When the answer is worthless, on the steady clock of this process; Infinity: never. */
  readonly deadlineAtMs: number;
  /** Identity of the work, the same in every repetition. */
  readonly idempotencyKey: string | undefined;
  /** The transaction that the callee's writes belong to; only calls within one unit can carry it. */
  readonly transaction: Transaction | undefined;
  /** The span being recorded; undefined when this request is not sampled. */
  readonly span: Span | undefined;
  /** Trace context to pass on although it is not sampled. */
  readonly traceparent: string | undefined;
  /** What other tracing systems added to it, passed on as it came. */
  readonly tracestate: string | undefined;
}

/** The context of a module's own background work. */
export const systemContext: CallContext = {
  caller: 'system',
  deadlineAtMs: Infinity,
  idempotencyKey: undefined,
  transaction: undefined,
  span: undefined,
  traceparent: undefined,
  tracestate: undefined,
};

export function withKey(context: CallContext, idempotencyKey: string | undefined): CallContext {
  return { ...context, idempotencyKey };
}

export function withTransaction(context: CallContext, transaction: Transaction | undefined): CallContext {
  return { ...context, transaction };
}

/** The context with a deadline at most `ms` from now. */
export function withinMs(context: CallContext, ms: number): CallContext {
  return { ...context, deadlineAtMs: Math.min(context.deadlineAtMs, steadyMs() + ms) };
}

/** The context for work that goes on when the caller has gone: trace kept, deadline and transaction dropped. */
export function detached(context: CallContext): CallContext {
  return { ...context, deadlineAtMs: Infinity, transaction: undefined };
}

/** Throws `CallError` with code `deadline` when the context's time is up. */
export function assertInTime(context: CallContext, what: string): void {
  if (context.deadlineAtMs !== Infinity && steadyMs() >= context.deadlineAtMs) {
    throw new CallError('deadline', `${what} ran out of time`);
  }
}
