import { steadyMs } from '../clock.ts';
import type { CallContext } from '../context.ts';
import type { Operation } from '../contract.ts';
import { CallError } from '../errors.ts';
import type { GuardedCall } from '../policies/guard.ts';
import type { Span, Tracer } from '../trace.ts';

/** Told to a transport when nobody waits for its answer any more. */
export interface Cancellation {
  cancelled: boolean;
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
  readonly deadlineMs: number;
  readonly tracer: Tracer;
  readonly transport: Transport;
}

/** One attempt of one call: its span and its deadline round the transport. */
export async function attempt(
  options: AttemptOptions,
  definition: Operation,
  operation: string,
  call: GuardedCall,
): Promise<unknown> {
  const { caller, target, kind, deadlineMs, tracer, transport } = options;
  const parent = call.context.span;
  const deadlineAtMs = Math.min(call.context.deadlineAtMs, steadyMs() + deadlineMs);
  if (parent === undefined) return inTime(call, { ...call.context, caller, deadlineAtMs });
  const span: Span = tracer.start(parent, { module: target, operation, caller, kind });
  span.queueMs = call.queuedMs;
  try {
    return await inTime(call, { ...call.context, caller, deadlineAtMs, span });
  } finally {
    tracer.finish(span);
  }

  function inTime(guarded: GuardedCall, context: CallContext): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const cancellation: Cancellation = { cancelled: false, onCancel: undefined };
      const late = (): void => {
        cancellation.cancelled = true;
        cancellation.onCancel?.();
        reject(new CallError('deadline', `${target}.${operation} did not answer in time`));
      };
      const leftMs = deadlineAtMs - steadyMs();
      if (leftMs <= 0) {
        late();
        return;
      }
      const timer = setTimeout(late, Math.ceil(leftMs));
      transport(definition, operation, guarded.input, context, cancellation).then(
        (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        (error: unknown) => {
          clearTimeout(timer);
          // oxlint-disable-next-line prefer-promise-reject-errors -- the transport rejects with CallError only
          reject(error);
        },
      );
    });
  }
}
