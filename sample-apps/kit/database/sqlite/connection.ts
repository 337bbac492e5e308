import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Row, SqlValue } from '../database.ts';
import type { Session } from '../transaction.ts';

/** One SQLite connection with its prepared statements. */
export class Connection implements Session {
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, options: { readOnly?: boolean } = {}) {
    this.#sqlite = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: 2000 });
  }

  execute(sql: string): void {
    this.#sqlite.exec(sql);
  }

  all(sql: string, values: readonly SqlValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  get(sql: string, values: readonly SqlValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** Number of rows changed. */
  run(sql: string, values: readonly SqlValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  close(): void {
    this.#statements.clear();
    this.#sqlite.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
