import { sleep, steadyMs } from '../../clock.ts';
import { withTransaction, type CallContext } from '../../context.ts';
import { CallError } from '../../errors.ts';
import { inTime } from '../../policies/in-time.ts';
import { TransactionConflict } from '../conflict.ts';
import type { Database, SqlValue } from '../database.ts';
import { Transaction } from '../transaction.ts';
import { failureOf, isUniqueViolation } from './failures.ts';
import { statementLimitMs } from './pool.ts';
import type { PostgresSession } from './session.ts';

const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ';
/** How often something is begun before its caller is told what was in the way. */
interface Mosts {
  /** Others wrote what it would write. */
  readonly conflicts: number;
  /** What it would make is there already: made since it was looked for, perhaps, which another attempt will find. */
  readonly duplicates: number;
}
const ofTransactions: Mosts = { conflicts: 50, duplicates: 10 };
const ofStatements: Mosts = { conflicts: 50, duplicates: 1 };
/** Longest of the random waits between attempts, ms; the first are shorter. */
const maxBackoffMs = 64;

/**
 * Binds a server's connections for one module. Reads outside a transaction are read committed, one snapshot each. Whatever writes has one snapshot to its end (repeatable read): where
 * somebody else has written since what it would write, it is begun anew, for as long as its deadline lets it. ADR 29 says why not serializable.
 */
export function bindDatabase(take: () => Promise<PostgresSession>, module: string, isOut: () => boolean): Database {
  const assertReachable = (): void => {
    if (isOut()) throw new CallError('store-unavailable', `the store of ${module} is out of reach`);
  };

  function limited<T>(context: CallContext, work: () => Promise<T>, onLate?: () => void): Promise<T> {
    const limitAtMs = Math.min(context.deadlineAtMs, steadyMs() + statementLimitMs);
    return inTime(limitAtMs, `waiting for the store of ${module} ran out of time`, work, onLate);
  }

  async function takeSession(context: CallContext): Promise<PostgresSession> {
    const startMs = steadyMs();
    let late = false;
    try {
      return await limited(
        context,
        async () => {
          const session = await take();
          if (late) session.end();
          return session;
        },
        () => {
          late = true;
        },
      );
    } catch (error) {
      throw failureOf(error, module);
    } finally {
      if (context.span !== undefined) context.span.queueMs += steadyMs() - startMs;
    }
  }

  async function timed<T>(context: CallContext, work: () => Promise<T>): Promise<T> {
    const startMs = steadyMs();
    try {
      return await limited(context, work);
    } catch (error) {
      throw failureOf(error, module);
    } finally {
      if (context.span !== undefined) context.span.storeMs += steadyMs() - startMs;
    }
  }

  async function inside(context: CallContext, transaction: Transaction, sql: string, values: readonly SqlValue[]) {
    transaction.assertUsable();
    const session = transaction.session as PostgresSession;
    try {
      return await timed(context, () => session.ask(sql, values));
    } catch (error) {
      const lost = error instanceof CallError && error.code === 'store-unavailable';
      if (lost) transaction.doomAll(error);
      else transaction.fail();
      throw error;
    }
  }

  async function read(context: CallContext, sql: string, values: readonly SqlValue[]) {
    assertReachable();
    const { transaction } = context;
    if (transaction !== undefined) return inside(context, transaction, sql, values);
    const session = await takeSession(context);
    try {
      return await timed(context, () => session.ask(sql, values));
    } finally {
      session.end();
    }
  }

  /** A transaction of one statement, in one go. */
  async function write(context: CallContext, sql: string, values: readonly SqlValue[]): Promise<number> {
    const session = await takeSession(context);
    try {
      return await timed(context, async () => {
        const [, { rowCount }] = await Promise.all([
          session.tell(begin),
          session.ask(sql, values),
          session.tell('COMMIT'),
        ]);
        return rowCount ?? 0;
      });
    } finally {
      session.end();
    }
  }

  async function transact<T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T> {
    const session = await takeSession(context);
    const transaction = new Transaction(session);
    session.onFailure = (error) => transaction.doomAll(failureOf(error, module));
    try {
      await timed(context, () => session.tell(begin));
      const result = await work(withTransaction(context, transaction));
      assertReachable();
      transaction.assertUsable();
      transaction.close();
      const { command } = await timed(context, () => session.tell('COMMIT'));
      if (command !== 'COMMIT') throw transaction.doom ?? new Error('the transaction could only be undone');
      return result;
    } catch (error) {
      transaction.close();
      session.execute('ROLLBACK');
      // What was made of the real reason on the way up is of no more use than the transaction.
      throw transaction.doom ?? error;
    } finally {
      session.end();
    }
  }

  /** Begins again what others made impossible, after a random wait that grows. */
  async function repeated<T>(context: CallContext, most: Mosts, once: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        const conflict = error instanceof TransactionConflict;
        const waitMs = Math.random() * Math.min(2 ** attempt, maxBackoffMs);
        const hasTime = steadyMs() + waitMs < context.deadlineAtMs;
        if (conflict && (attempt >= most.conflicts || !hasTime)) {
          const message = `other transactions were in the way in the store of ${module}, ${attempt} times`;
          throw new CallError('store-unavailable', message, { cause: error });
        }
        if (!conflict && !(isUniqueViolation(error) && attempt < most.duplicates && hasTime)) throw error;
        await sleep(waitMs);
        if (context.span !== undefined) context.span.queueMs += waitMs;
      }
    }
  }

  return {
    all: async <T>(context: CallContext, sql: string, ...values: SqlValue[]) =>
      (await read(context, sql, values)).rows as T[],
    get: async <T>(context: CallContext, sql: string, ...values: SqlValue[]) =>
      (await read(context, sql, values)).rows[0] as T | undefined,

    async run(context, sql, ...values) {
      assertReachable();
      const { transaction } = context;
      if (transaction !== undefined) return (await inside(context, transaction, sql, values)).rowCount ?? 0;
      return repeated(context, ofStatements, () => write(context, sql, values));
    },

    async transaction(context, work) {
      assertReachable();
      if (context.transaction !== undefined) return work(context);
      return repeated(context, ofTransactions, () => transact(context, work));
    },
  };
}
