import type { CallContext } from '../context.ts';
import type { Operation } from '../contract.ts';
import type { GuardedCall } from '../policies/guard.ts';
import { inTime } from '../policies/in-time.ts';
import type { Span, Tracer } from '../trace.ts';

/** Told to a transport when nobody waits for its answer any more. */
export interface Cancellation {
  onCancel: (() => void) | undefined;
}

/** Carries one attempt to the callee: directly or over HTTP. */
export type Transport = (
  definition: Operation,
  operation: string,
  input: unknown,
  context: CallContext,
  cancellation: Cancellation,
) => Promise<unknown>;

export interface AttemptOptions {
  readonly caller: string;
  readonly target: string;
  readonly kind: 'local' | 'remote';
  readonly tracer: Tracer;
  readonly transport: Transport;
}

/** One attempt of one call: its span and the end of its patience round the transport. */
export async function attempt(
  options: AttemptOptions,
  definition: Operation,
  operation: string,
  call: GuardedCall,
): Promise<unknown> {
  const { caller, target, kind, tracer, transport } = options;
  const parent = call.context.span;
  if (parent === undefined) return send({ ...call.context, caller });
  const span: Span = tracer.start(parent, { module: target, operation, caller, kind });
  span.queueMs = call.queuedMs;
  try {
    return await send({ ...call.context, caller, span });
  } finally {
    tracer.finish(span);
  }

  function send(context: CallContext): Promise<unknown> {
    const cancellation: Cancellation = { onCancel: undefined };
    return inTime(
      context.deadlineAtMs,
      `${target}.${operation} did not answer in time`,
      () => transport(definition, operation, call.input, context, cancellation),
      () => cancellation.onCancel?.(),
    );
  }
}
