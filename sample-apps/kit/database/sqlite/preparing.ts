import type { Preparing } from '../migrate.ts';
import type { Connection } from './connection.ts';

/** All modules of a unit have one file. */
export function preparing(connection: Connection): Preparing {
  return {
    enter: () => undefined,
    execute: (sql) => connection.execute(sql),
    all: (sql, values) => connection.all(sql, values),
    run: (sql, values) => connection.run(sql, values),
    insert(table, columns, rows) {
      const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
      for (const row of rows) connection.run(sql, row);
    },
    tables: () =>
      connection.all("SELECT name FROM sqlite_master WHERE type = 'table'", []).map((row) => String(row['name'])),
  };
}
