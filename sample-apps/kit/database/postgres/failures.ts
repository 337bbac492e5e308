import { CallError } from '../../errors.ts';
import { TransactionConflict } from '../conflict.ts';

/** Codes of PostgreSQL, appendix A of its manual: serialization failure, deadlock, lock not available in time. */
const conflicts: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);
const uniqueViolation = '23505';
/**
 * The server ends, starts or takes no more: connection exceptions, insufficient resources, operator intervention (statement timeout too), a session that was idle for too long in
 * a transaction, and a transaction that took too long.
 */
const unavailable = /^(?:08...|53...|57...|25P03|25P04)$/;
/** What another attempt to connect may find otherwise: starting, ending, too many connections. */
const passing = /^(?:08...|53300|57P0[123])$/;

/** The code that the server gave; undefined for what happened on the way to it. */
function codeOf(error: unknown): string | undefined {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return typeof code === 'string' && severity !== undefined ? code : undefined;
}

/** What went wrong with a statement, for the caller of the store of `module`. What the statement itself is to blame for stays as it came. */
export function failureOf(error: unknown, module: string): Error {
  if (error instanceof CallError) return error;
  const code = codeOf(error);
  if (code !== undefined && conflicts.has(code))
    return new TransactionConflict(`other transactions came in between in the store of ${module} (${code})`, error);
  if (code === undefined || unavailable.test(code))
    return new CallError('store-unavailable', `the store of ${module} is out of reach: ${messageOf(error)}`, {
      cause: error,
    });
  return error instanceof Error ? error : new Error(String(error));
}

/** Whether something is there already that was not there when it was looked for, perhaps: it, or what was made of it. */
export function isUniqueViolation(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (codeOf(one) === uniqueViolation) return true;
  return false;
}

/** Whether connecting may succeed a little later. */
export function mayPass(error: unknown): boolean {
  const code = codeOf(error);
  return code === undefined || passing.test(code);
}

/** Several addresses of one name fail as one error without words of its own. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
