import { createHash } from 'node:crypto';
import type { Connection, SqlValue } from './connection.ts';

/** Seed of a module's data: the same value and sizes give the same rows everywhere. */
export interface Seed {
  readonly value: number;
  readonly sizes: Readonly<Record<string, number>>;
}

/** Writes a module's seed data; every row goes into the hash that tells whether two deployments have the same data. */
export interface SeedWriter {
  insert(table: string, columns: readonly string[], rows: Iterable<readonly SqlValue[]>): void;
}

export interface Prepared {
  readonly name: string;
  readonly migrations: readonly string[];
  seed?(writer: SeedWriter, seed: Seed): void;
}

/**
 * Creates the tables of each module and seeds them once, in one transaction; a database that already has them is left alone.
 * Throws when a module creates a table whose name does not begin with the module's. Returns the hash of each module's seed data.
 */
export function prepareDatabase(
  connection: Connection,
  modules: readonly Prepared[],
  seed: Seed,
): Record<string, string> {
  const hashes: Record<string, string> = {};
  connection.execute('BEGIN IMMEDIATE');
  try {
    connection.execute(
      'CREATE TABLE IF NOT EXISTS kit_modules (module TEXT PRIMARY KEY, migrations INTEGER NOT NULL, seed_hash TEXT NOT NULL)',
    );
    for (const module of modules) hashes[module.name] = prepareModule(connection, module, seed);
    connection.execute('COMMIT');
  } catch (error) {
    connection.execute('ROLLBACK');
    throw error;
  }
  return hashes;
}

function prepareModule(connection: Connection, module: Prepared, seed: Seed): string {
  const known = connection.get('SELECT migrations, seed_hash FROM kit_modules WHERE module = ?', [module.name]);
  const done = Number(known?.['migrations'] ?? 0);
  const before = tables(connection);
  for (const migration of module.migrations.slice(done)) connection.execute(migration);
  const prefix = `${module.name.replaceAll('-', '_')}_`;
  const foreign = [...tables(connection)].filter((table) => !before.has(table) && !table.startsWith(prefix));
  if (foreign.length > 0)
    throw new Error(`module "${module.name}" creates table "${foreign[0]}"; its tables must begin with "${prefix}"`);
  if (known !== undefined) {
    // An older release beside or after a newer one has fewer: counted down, the newer would apply its own once more.
    const applied = Math.max(done, module.migrations.length);
    connection.run('UPDATE kit_modules SET migrations = ? WHERE module = ?', [applied, module.name]);
    return String(known['seed_hash']);
  }
  const hash = seedModule(connection, module, seed);
  connection.run('INSERT INTO kit_modules (module, migrations, seed_hash) VALUES (?, ?, ?)', [
    module.name,
    module.migrations.length,
    hash,
  ]);
  return hash;
}

function seedModule(connection: Connection, module: Prepared, seed: Seed): string {
  const hash = createHash('sha256');
  module.seed?.(
    {
      insert(table, columns, rows) {
        const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
        hash.update(`${table}(${columns.join()})`);
        for (const row of rows) {
          connection.run(sql, row);
          hash.update(`\n${row.join('\t')}`);
        }
      },
    },
    seed,
  );
  return hash.digest('hex');
}

function tables(connection: Connection): Set<string> {
  return new Set(
    connection.all("SELECT name FROM sqlite_master WHERE type = 'table'", []).map((row) => String(row['name'])),
  );
}
