import { steadyMs } from '../../clock.ts';
import { assertInTime, withTransaction, type CallContext } from '../../context.ts';
import { CallError } from '../../errors.ts';
import type { Database, SqlValue } from '../database.ts';
import { Transaction } from '../transaction.ts';
import { isBusy, whenFree } from './busy.ts';
import type { Connection } from './connection.ts';
import type { SqliteStore } from './store.ts';

/** How long another instance may have the store to itself before a write gives up, ms; the deadline of the write comes first where it has one. */
const busyLimitMs = 5000;

/** Binds the store for one module; `isOut` says whether the store is to be treated as unreachable for it. */
export function bindDatabase(store: SqliteStore, module: string, isOut: () => boolean): Database {
  const assertReachable = (): void => {
    if (isOut()) throw new CallError('store-unavailable', `the store of ${module} is out of reach`);
  };

  function timed<T>(context: CallContext, connection: Connection, use: (connection: Connection) => T): T {
    const { span } = context;
    if (span === undefined) return use(connection);
    const start = steadyMs();
    try {
      return use(connection);
    } finally {
      span.storeMs += steadyMs() - start;
    }
  }

  async function hold<T>(context: CallContext, work: () => Promise<T> | T): Promise<T> {
    const turn = store.acquire();
    if (turn !== undefined) {
      const start = steadyMs();
      await turn;
      if (context.span !== undefined) context.span.queueMs += steadyMs() - start;
    }
    try {
      assertInTime(context, `waiting for the store of ${module}`);
      return await work();
    } finally {
      store.release();
    }
  }

  /** For whoever has the writer of this process. */
  async function write<T>(context: CallContext, use: (connection: Connection) => T): Promise<T> {
    try {
      return await whenFree(
        () => timed(context, store.writer, use),
        busyLimitMs,
        (waitedMs) => {
          if (context.span !== undefined) context.span.queueMs += waitedMs;
          assertInTime(context, `waiting for the store of ${module}`);
        },
      );
    } catch (error) {
      if (!isBusy(error)) throw error;
      throw new CallError('store-unavailable', `another instance holds the store of ${module}`, { cause: error });
    }
  }

  function read<T>(context: CallContext, use: (connection: Connection) => T): T {
    assertReachable();
    const { transaction } = context;
    return transaction === undefined ? timed(context, store.reader, use) : inside(context, transaction, use);
  }

  /** Every transaction has the writer. */
  function inside<T>(context: CallContext, transaction: Transaction, use: (connection: Connection) => T): T {
    transaction.assertUsable();
    try {
      return timed(context, store.writer, use);
    } catch (error) {
      transaction.fail();
      throw error;
    }
  }

  return {
    all: async <T>(context: CallContext, sql: string, ...values: SqlValue[]) =>
      read(context, (connection) => connection.all(sql, values)) as T[],
    get: async <T>(context: CallContext, sql: string, ...values: SqlValue[]) =>
      read(context, (connection) => connection.get(sql, values)) as T | undefined,

    async run(context, sql, ...values) {
      assertReachable();
      const { transaction } = context;
      const use = (connection: Connection): number => connection.run(sql, values);
      if (transaction !== undefined) return inside(context, transaction, use);
      try {
        if (!store.busy) return timed(context, store.writer, use);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
      return hold(context, () => write(context, use));
    },

    async transaction(context, work) {
      assertReachable();
      if (context.transaction !== undefined) return work(context);
      return hold(context, async () => {
        const transaction = new Transaction(store.writer);
        await write(context, (connection) => connection.execute('BEGIN IMMEDIATE'));
        try {
          const result = await work(withTransaction(context, transaction));
          assertReachable();
          transaction.assertUsable();
          transaction.close();
          timed(context, store.writer, (connection) => connection.execute('COMMIT'));
          return result;
        } catch (error) {
          transaction.close();
          store.writer.execute('ROLLBACK');
          throw error;
        }
      });
    },
  };
}
