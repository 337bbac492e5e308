import type { IncomingHttpHeaders } from 'node:http';
import { headers } from '../calls/remote.ts';
import { steadyMs } from '../clock.ts';
import type { CallContext } from '../context.ts';
import { CallError } from '../errors.ts';
import { parseTracestate } from '../trace-state.ts';
import { formatTraceparent, parseTraceparent, type Tracer } from '../trace.ts';

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** An idempotency key on the wire, with or without quotes. */
export const keyPattern = /^(?:"([A-Za-z0-9_-]{1,64})"|([A-Za-z0-9_-]{1,64}))$/;

/** The key, with or without the quotes of a structured header (RFC 9651). Throws `CallError` `bad-input` for any other. */
function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match = keyPattern.exec(header);
  if (match === null)
    throw new CallError('bad-input', 'Idempotency-Key: must be 1 to 64 letters, digits, hyphens or underscores');
  return match[1] ?? match[2];
}

/** A caller's patience on the wire, ms. */
export const patiencePattern = /^\d{1,9}$/;

/** How long the caller waits, ms; Infinity where it does not say. Throws `CallError`: `bad-input` for anything but decimal digits, `deadline` for no time. */
function patienceMs(header: string | undefined): number {
  if (header === undefined) return Infinity;
  if (!patiencePattern.test(header))
    throw new CallError('bad-input', `${headers.deadline}: must be whole milliseconds in 1 to 9 decimal digits`);
  if (Number(header) === 0) throw new CallError('deadline', 'the caller has no time left');
  return Number(header);
}

/**
 * The context of a request that came over HTTP: deadline, idempotency key and trace from its headers. Throws `CallError` `bad-input` when the
 * deadline or the key cannot be one: it is refused before anything is done under it. Only POST has a key: the other methods may be
 * repeated without, so there the header says nothing.
 */
export function contextOfRequest(
  { method, headers: incoming }: { method: string; headers: IncomingHttpHeaders },
  module: string,
  operation: string,
  tracer: Tracer,
): CallContext {
  const key = method === 'POST' ? idempotencyKey(one(incoming[headers.key])) : undefined;
  const caller = one(incoming[headers.caller]) ?? 'client';
  const deadlineAtMs = steadyMs() + patienceMs(one(incoming[headers.deadline]));
  const trace = parseTraceparent(one(incoming['traceparent']));
  const span =
    trace?.sampled === true
      ? tracer.start({ traceId: trace.traceId, spanId: trace.parentId }, { module, operation, caller, kind: 'server' })
      : undefined;
  return {
    caller,
    deadlineAtMs,
    idempotencyKey: key,
    transaction: undefined,
    span,
    traceparent: trace === undefined ? undefined : formatTraceparent(trace),
    tracestate: trace === undefined ? undefined : parseTracestate(one(incoming['tracestate'])),
  };
}
