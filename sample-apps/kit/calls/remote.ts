// The package's own door brings fetch, WebSocket and caches along: 6 MB resident in every unit.
// Without it a dispatcher has no `request` of its own.
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { steadyMs } from '../clock.ts';
import { CallError, fromEnvelope } from '../errors.ts';
import { formatTraceparent, timedSerialization } from '../trace.ts';
import type { Transport } from './attempt.ts';
import { checkOutput } from './callee.ts';

/** Connections to one unit at most; callers beyond it wait in line within their deadline. */
const maxConnections = 128;
/** Shorter than the server keeps idle connections, so that no request meets one that is just being closed, ms. */
const keepAliveMs = 30_000;

/** Headers of the call context on the wire, besides `traceparent`. */
export const headers = { deadline: 'x-deadline-ms', key: 'idempotency-key', caller: 'x-caller' } as const;

/** Open connections to the other units, one pool a unit. */
export class Pools {
  readonly #pools = new Map<string, Pool>();

  get(url: string): Pool {
    let pool = this.#pools.get(url);
    if (pool === undefined) {
      pool = new Pool(url, {
        connections: maxConnections,
        pipelining: 1,
        keepAliveTimeout: keepAliveMs,
        keepAliveMaxTimeout: keepAliveMs,
      });
      this.#pools.set(url, pool);
    }
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }
}

/** Calls a module of another unit over HTTP. `url` is asked at the first call. */
export function remoteTransport(pools: Pools, url: () => string, module: string): Transport {
  return async (definition, operation, input, context, cancellation) => {
    if (context.transaction !== undefined)
      throw new Error(`${module} is in another unit and cannot join a transaction`);
    const { span } = context;
    const body = timedSerialization(span, () => JSON.stringify(input));
    const sent: Record<string, string> = { 'content-type': 'application/json', [headers.caller]: context.caller };
    if (context.deadlineAtMs !== Infinity)
      sent[headers.deadline] = String(Math.max(0, Math.ceil(context.deadlineAtMs - steadyMs())));
    if (context.idempotencyKey !== undefined) sent[headers.key] = context.idempotencyKey;
    if (span !== undefined)
      sent['traceparent'] = formatTraceparent({ traceId: span.traceId, parentId: span.spanId, sampled: true });
    else if (context.traceparent !== undefined) sent['traceparent'] = context.traceparent;
    if (context.tracestate !== undefined) sent['tracestate'] = context.tracestate;
    const abort = new AbortController();
    cancellation.onCancel = () => abort.abort();
    let status: number;
    let text: string;
    try {
      const response = await request.call(pools.get(url()), {
        method: 'POST',
        path: `/${module}/${operation}`,
        headers: sent,
        body,
        signal: abort.signal,
      });
      status = response.statusCode;
      text = await response.body.text();
    } catch (thrown) {
      throw networkError(module, thrown);
    }
    if (span !== undefined) {
      span.bytesOut = Buffer.byteLength(body);
      span.bytesIn = Buffer.byteLength(text);
    }
    const answer = parse(module, status, () => timedSerialization(span, () => JSON.parse(text) as unknown));
    if (status !== 200) throw fromEnvelope(status, answer);
    return checkOutput(definition, module, operation, answer);
  };
}

function parse(module: string, status: number, read: () => unknown): unknown {
  try {
    return read();
  } catch {
    throw new CallError('bad-answer', `the answer of ${module} (status ${status}) is not JSON`);
  }
}

function networkError(module: string, thrown: unknown): CallError {
  const code = (thrown as { code?: unknown }).code;
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return new CallError('connection-reset', `the connection to ${module} was reset`, { cause: thrown });
  }
  const why = typeof code === 'string' ? code : 'unknown';
  return new CallError('unavailable', `${module} is out of reach (${why})`, { cause: thrown });
}
