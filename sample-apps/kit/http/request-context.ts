import type { IncomingHttpHeaders } from 'node:http';
import { headers } from '../calls/remote.ts';
import { steadyMs } from '../clock.ts';
import type { CallContext } from '../context.ts';
import { parseTraceparent, type Tracer } from '../trace.ts';

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The context of a request that came over HTTP: deadline, idempotency key and trace from its headers. */
export function contextOfRequest(
  incoming: IncomingHttpHeaders,
  module: string,
  operation: string,
  tracer: Tracer,
): CallContext {
  const caller = one(incoming[headers.caller]) ?? 'client';
  const left = Number(one(incoming[headers.deadline]) ?? Number.NaN);
  const traceparent = one(incoming['traceparent']);
  const trace = parseTraceparent(traceparent);
  const span =
    trace?.sampled === true
      ? tracer.start({ traceId: trace.traceId, spanId: trace.parentId }, { module, operation, caller, kind: 'server' })
      : undefined;
  return {
    caller,
    deadlineAtMs: Number.isFinite(left) ? steadyMs() + left : Infinity,
    idempotencyKey: one(incoming[headers.key]),
    transaction: undefined,
    span,
    traceparent,
  };
}
