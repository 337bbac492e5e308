import type { CallContext } from '../context.ts';
import type { Prepared, Seed } from './migrate.ts';

/** What can be bound to a placeholder. */
export type SqlValue = string | number | null;
/** Whole numbers of any size, sums and averages are numbers, and what is true or false is 1 or 0, in every store. */
export type Row = Record<string, SqlValue>;

/**
 * A module's way to its tables. SQL keeps to what SQLite and PostgreSQL share, with `?` placeholders; text sorts by code point. Reads outside a transaction see what is
 * committed; writes outside one are a transaction each. All reject with `CallError`
 * `store-unavailable` while the store is out, `deadline` when the context's time is up, and their time is added to the span of the context.
 */
export interface Database {
  all<T = Row>(context: CallContext, sql: string, ...values: SqlValue[]): Promise<T[]>;
  get<T = Row>(context: CallContext, sql: string, ...values: SqlValue[]): Promise<T | undefined>;
  /** Number of rows changed. */
  run(context: CallContext, sql: string, ...values: SqlValue[]): Promise<number>;
  /**
   * Runs `work` in one transaction, which its context carries; joins the caller's when there is one. Undone when `work` rejects. It sees one state and its own writes, and nobody
   * else writes the rows that it writes, from its beginning to its end: where a store has several writers and somebody did, `work` runs again from the start, so it does nothing but ask
   * the store and modules of this unit. Others may change meanwhile what it has only read: who decides by rows that it does not write also writes one that everybody writes who decides so.
   * A statement that failed makes the transaction, or the call's part of it, good for nothing but to be undone.
   */
  transaction<T>(context: CallContext, work: (context: CallContext) => Promise<T>): Promise<T>;
}

/** What holds the data of a unit. */
export interface Store {
  /**
   * Creates and seeds the modules' tables where they are not there yet; waits, for a bounded time, for a server that is starting and for others who do the same.
   * The hash of each module's seed data.
   */
  prepare(modules: readonly Prepared[], seed: Seed): Promise<Record<string, string>>;
  /** The store for one module; `isOut` says whether it is to be treated as unreachable for it. */
  bind(module: string, isOut: () => boolean): Database;
  /** Lets the unit have so many connections to its server at most, as those that are out come back, until the answer is called. Absent: it has a file. */
  limitConnections?(most: number): () => void;
  /** Waits, for a bounded time, for what is under way, and lets go of files and connections. */
  close(): Promise<void>;
}
