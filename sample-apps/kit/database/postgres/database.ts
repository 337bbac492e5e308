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

const begin = 'BEGIN ISOLATION LEVEL SERIALIZABLE';
/** How often a transaction is begun before its caller is told that others were in the way. */
const maxAttempts = 12;
/** Longest of the random waits between attempts, ms; the first is shorter. */
const maxBackoffMs = 64;

/**
 * Binds a server's connections for one module. Reads outside a transaction are read committed, one snapshot each. Everything that writes is serializable: what others make impossible is
 * begun anew, for as long as its deadline lets it.
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
  async function repeated<T>(context: CallContext, once: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        // What others put there meanwhile is found by the next attempt, if the work looks for it at all.
        const conflict = error instanceof TransactionConflict;
        if (!conflict && !(attempt === 1 && isUniqueViolation(error))) throw error;
        const waitMs = Math.random() * Math.min(2 ** attempt, maxBackoffMs);
        if (attempt === maxAttempts || steadyMs() + waitMs >= context.deadlineAtMs) {
          if (!conflict) throw error;
          const message = `other transactions were in the way in the store of ${module}, ${attempt} times`;
          throw new CallError('store-unavailable', message, { cause: error });
        }
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
      return repeated(context, () => write(context, sql, values));
    },

    async transaction(context, work) {
      assertReachable();
      if (context.transaction !== undefined) return work(context);
      return repeated(context, () => transact(context, work));
    },
  };
}
