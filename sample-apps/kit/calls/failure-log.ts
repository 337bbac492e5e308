import { steadyMs } from '../clock.ts';
import type { CallContext } from '../context.ts';
import type { CallError } from '../errors.ts';
import type { Log } from '../log.ts';
import { parseTraceparent } from '../trace.ts';
import { originOf } from './origin.ts';

/** More a second of one module are counted and not written: under a fault every request fails, and the log must not be the load. */
const mostASecond = 200;

/** A call that its callee could not do. */
export interface FailedCall {
  readonly module: string;
  readonly operation: string;
  readonly error: CallError;
  /** As it was thrown, before it became a `CallError`. */
  readonly thrown: unknown;
  readonly context: Pick<CallContext, 'span' | 'traceparent'>;
}

/** Writes one line a failed call, in logfmt: which call, why, out of which other call if it came out of one, and of which trace. What nobody foresaw has its stack. */
export function createFailureLog(log: Log): (failed: FailedCall) => void {
  let secondFromMs = -Infinity;
  let written = 0;
  return ({ module, operation, error, thrown, context }) => {
    const nowMs = steadyMs();
    if (nowMs - secondFromMs >= 1000) {
      if (written > mostASecond) log.error(`failed calls that were not written: ${written - mostASecond}`);
      [secondFromMs, written] = [nowMs, 0];
    }
    written++;
    if (written > mostASecond) return;
    const trace = context.span?.traceId ?? parseTraceparent(context.traceparent)?.traceId;
    const fields = {
      call: `${module}.${operation}`,
      code: error.code,
      callee: originOf(thrown),
      trace,
      message: error.message,
    };
    log.error(`failed ${logfmt(fields)}`, error.code === 'internal' ? thrown : undefined);
  };
}

function logfmt(fields: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      value === undefined ? [] : `${name}=${/^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)}`,
    )
    .join(' ');
}
