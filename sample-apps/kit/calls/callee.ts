import { assertInTime, type CallContext } from '../context.ts';
import type { Operation } from '../contract.ts';
import { TransactionConflict } from '../database/conflict.ts';
import { CallError, asCallError } from '../errors.ts';
import type { FaultPoint } from '../faults/point.ts';
import { own } from '../own.ts';
import type { FailedCall } from './failure-log.ts';
import { validate } from './validate.ts';

/** What the kit keeps of each module it hosts. */
export interface Callee {
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly handlers: Readonly<Record<string, (input: never, context: CallContext) => Promise<unknown>>>;
  readonly point: FaultPoint;
  readonly logFailure: (failed: FailedCall) => void;
  calls: number;
  failures: number;
}

/**
 * The callee's side of every call, local or remote: count, fault point, time left, input checked, work. The output is checked by
 * `checkOutput` on the side that will use it, once. Rejects with `CallError`.
 */
export async function serve(callee: Callee, operation: string, input: unknown, context: CallContext): Promise<unknown> {
  callee.calls++;
  try {
    const gate = callee.point.pass();
    if (gate !== undefined) {
      await gate;
      assertInTime(context, `${callee.name}.${operation}`);
    }
    const definition = own(callee.operations, operation);
    const handler = own(callee.handlers, operation);
    if (definition === undefined || handler === undefined)
      throw new CallError('not-found', `${callee.name} has no operation "${operation}"`);
    return await handler(
      validate(definition.input, input, 'bad-input', `${callee.name}.${operation}`) as never,
      context,
    );
  } catch (thrown) {
    throw countFailure(callee, operation, thrown, context);
  }
}

/** Counts and logs what was thrown when it is the callee's failure, and gives it as a `CallError`. */
export function countFailure(
  callee: Callee,
  operation: string,
  thrown: unknown,
  context: Pick<CallContext, 'span' | 'traceparent'>,
): CallError {
  const error = asCallError(thrown);
  if (error.refused || error instanceof TransactionConflict) return error;
  callee.failures++;
  callee.logFailure({ module: callee.name, operation, error, thrown, context });
  return error;
}

export function checkOutput(definition: Operation, module: string, operation: string, output: unknown): unknown {
  return validate(definition.output, output, 'bad-answer', `answer of ${module}.${operation}`);
}
