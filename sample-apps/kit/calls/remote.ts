// Without the package's own door a dispatcher has no `request` of its own.
import request from 'undici/lib/api/api-request.js';
import { steadyMs } from '../clock.ts';
import { CallError, fromEnvelope } from '../errors.ts';
import { formatTraceparent, timedSerialization } from '../trace.ts';
import type { Address, Addresses } from './addresses.ts';
import type { Transport } from './attempt.ts';
import { checkOutput } from './callee.ts';
import type { Pools } from './pools.ts';

/** Headers of the call context on the wire, besides `traceparent`. */
export const headers = { deadline: 'x-deadline-ms', key: 'idempotency-key', caller: 'x-caller' } as const;

/** Calls a module of another unit over HTTP, at one of its instances. */
export function remoteTransport(pools: Pools, addresses: () => Addresses, module: string): Transport {
  return async (definition, operation, input, context, cancellation) => {
    if (context.transaction !== undefined)
      throw new Error(`${module} is in another unit and cannot join a transaction`);
    const { span } = context;
    const body = timedSerialization(span, () => JSON.stringify(input));
    const sent: Record<string, string> = { 'content-type': 'application/json', [headers.caller]: context.caller };
    if (context.idempotencyKey !== undefined) sent[headers.key] = context.idempotencyKey;
    if (span !== undefined)
      sent['traceparent'] = formatTraceparent({ traceId: span.traceId, parentId: span.spanId, sampled: true });
    else if (context.traceparent !== undefined) sent['traceparent'] = context.traceparent;
    if (context.tracestate !== undefined) sent['tracestate'] = context.tracestate;
    const abort = new AbortController();
    // What waits for a connection is told of the end of its caller's time only when it gets one.
    const givenUp = new Promise<never>((_resolve, reject) => {
      cancellation.onCancel = () => {
        abort.abort();
        reject(new Error('the caller has given up'));
      };
    });
    const ask = async ({ url }: Address): Promise<{ status: number; text: string }> => {
      // What is left when it is sent, which may be after another instance was not reached.
      if (context.deadlineAtMs !== Infinity)
        sent[headers.deadline] = String(Math.max(0, Math.ceil(context.deadlineAtMs - steadyMs())));
      const response = await request.call(pools.get(url), {
        method: 'POST',
        path: `/${module}/${operation}`,
        headers: sent,
        body,
        signal: abort.signal,
      });
      return { status: response.statusCode, text: await response.body.text() };
    };
    const { status, text } = await atOneOf(addresses(), module, abort.signal, (address) =>
      Promise.race([ask(address), givenUp]),
    );
    if (span !== undefined) {
      span.bytesOut = Buffer.byteLength(body);
      span.bytesIn = Buffer.byteLength(text);
    }
    const answer = parse(module, status, () => timedSerialization(span, () => JSON.parse(text) as unknown));
    if (status !== 200) throw fromEnvelope(status, answer);
    return checkOutput(definition, module, operation, answer);
  };
}

/** Asks one instance, and another where it is certain that the one never got the question. */
async function atOneOf<T>(
  addresses: Addresses,
  module: string,
  givenUp: AbortSignal,
  ask: (address: Address) => Promise<T>,
): Promise<T> {
  let tried: Set<Address> | undefined;
  let problem: unknown;
  for (let taken = addresses.take(); taken !== undefined; taken = addresses.take(tried)) {
    try {
      const answer = await ask(taken.address);
      addresses.giveBack(taken, 'answered');
      return answer;
    } catch (thrown) {
      addresses.giveBack(taken, givenUp.aborted ? 'late' : 'unreached');
      if (!neverSent(thrown)) throw networkError(module, thrown);
      problem = thrown;
      (tried ??= new Set()).add(taken.address);
    }
  }
  throw networkError(module, problem);
}

const codeOf = (thrown: unknown): unknown => (thrown as { code?: unknown } | undefined)?.code;

/** Failures to get a connection: nothing has been written. The last is undici's own, those before it are of several addresses of one name. */
const connecting: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
function neverSent(thrown: unknown): boolean {
  const { syscall } = thrown as { syscall?: unknown };
  const isLookup = syscall === 'getaddrinfo' || syscall === 'queryA';
  return isLookup || syscall === 'connect' || connecting.has(codeOf(thrown));
}

function parse(module: string, status: number, read: () => unknown): unknown {
  try {
    return read();
  } catch {
    throw new CallError('bad-answer', `the answer of ${module} (status ${status}) is not JSON`);
  }
}

function networkError(module: string, thrown: unknown): CallError {
  const code = codeOf(thrown);
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return new CallError('connection-reset', `the connection to ${module} was reset`, { cause: thrown });
  }
  const why = typeof code === 'string' ? code : 'unknown';
  return new CallError('unavailable', `${module} is out of reach (${why})`, { cause: thrown });
}
