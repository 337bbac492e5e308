import { steadyMs } from '../clock.ts';
import { assertInTime, withTransaction, type CallContext } from '../context.ts';
import { CallError } from '../errors.ts';
import { isBusy, whenFree } from './busy.ts';
import type { Connection, Row, SqlValue } from './connection.ts';
import type { Store } from './store.ts';
import { Transaction } from './transaction.ts';

/** How long another instance may have the store to itself before a write gives up, ms; the deadline of the write comes first where it has one. */
const busyLimitMs = 5000;

/**
 * A module's way to its tables. SQL keeps to what SQLite and PostgreSQL share, with `?` placeholders. Reads outside a
 * transaction see what is committed; writes outside one are a transaction each. All reject with `CallError`
 * `store-unavailable` while the store is out, and their time is added to the span of the context.
 */
export interface Database {
  all<T = Row>(context: CallContext, sql: string, ...values: SqlValue[]): Promise<T[]>;
  get<T = Row>(context: CallContext, sql: string, ...values: SqlValue[]): Promise<T | undefined>;
  /** Number of rows changed. */
  run(context: CallContext, sql: string, ...values: SqlValue[]): Promise<number>;
  /** Runs `work` in one transaction, which its context carries; joins the caller's when there is one. Undone when `work` rejects. */
  transaction<T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T>;
}

/** Binds the store for one module; `isOut` says whether the store is to be treated as unreachable for it. */
export function bindDatabase(store: Store, module: string, isOut: () => boolean): Database {
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
    transaction?.assertUsable();
    return timed(context, transaction === undefined ? store.reader : transaction.connection, use);
  }

  return {
    all: async <T>(context: CallContext, sql: string, ...values: SqlValue[]) =>
      read(context, (connection) => connection.all(sql, values)) as T[],
    get: async <T>(context: CallContext, sql: string, ...values: SqlValue[]) =>
      read(context, (connection) => connection.get(sql, values)) as T | undefined,

    async run(context, sql, ...values) {
      assertReachable();
      const { transaction } = context;
      if (transaction !== undefined) {
        transaction.assertUsable();
        return timed(context, transaction.connection, (connection) => connection.run(sql, values));
      }
      const use = (connection: Connection): number => connection.run(sql, values);
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
