import { createHash } from 'node:crypto';
import type { Row, SqlValue } from './database.ts';

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

/** What a store does to be prepared; all of it within one transaction, alone. */
export interface Preparing {
  /** From here on tables are this module's. */
  enter(module: string): Awaitable<void>;
  execute(sql: string): Awaitable<void>;
  all(sql: string, values: readonly SqlValue[]): Awaitable<Row[]>;
  run(sql: string, values: readonly SqlValue[]): Awaitable<number>;
  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Awaitable<void>;
  /** Names of the tables where the module's are. */
  tables(): Awaitable<string[]>;
}
type Awaitable<T> = Promise<T> | T;

/** Which modules the store has, how many of their migrations and with which seed. */
export const knownModules =
  'CREATE TABLE IF NOT EXISTS kit_modules (module TEXT PRIMARY KEY, migrations INTEGER NOT NULL, seed_hash TEXT NOT NULL)';

/**
 * Creates the tables of each module and seeds them once, where `knownModules` is; what has them is left alone. Throws when a module creates a table whose name does not begin with the module's.
 * Returns the hash of each module's seed data.
 */
export async function prepareModules(
  store: Preparing,
  modules: readonly Prepared[],
  seed: Seed,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const module of modules) hashes[module.name] = await prepareModule(store, module, seed);
  return hashes;
}

async function prepareModule(store: Preparing, module: Prepared, seed: Seed): Promise<string> {
  const { name } = module;
  await store.enter(name);
  const [known] = await store.all('SELECT migrations, seed_hash FROM kit_modules WHERE module = ?', [name]);
  const done = Number(known?.['migrations'] ?? 0);
  const before = new Set(await store.tables());
  for (const migration of module.migrations.slice(done)) await store.execute(migration);
  const prefix = `${name.replaceAll('-', '_')}_`;
  const foreign = (await store.tables()).find((table) => !before.has(table) && !table.startsWith(prefix));
  if (foreign !== undefined)
    throw new Error(`module "${name}" creates table "${foreign}"; its tables must begin with "${prefix}"`);
  if (known !== undefined) {
    // An older release beside or after a newer one has fewer: counted down, the newer would apply its own once more.
    const applied = Math.max(done, module.migrations.length);
    await store.run('UPDATE kit_modules SET migrations = ? WHERE module = ?', [applied, name]);
    return String(known['seed_hash']);
  }
  const hash = await seedModule(store, module, seed);
  const values = [name, module.migrations.length, hash];
  await store.run('INSERT INTO kit_modules (module, migrations, seed_hash) VALUES (?, ?, ?)', values);
  return hash;
}

/** The hash is of the rows as the module gives them, whatever the store makes of them. */
async function seedModule(store: Preparing, module: Prepared, seed: Seed): Promise<string> {
  const hash = createHash('sha256');
  const inserts: { table: string; columns: readonly string[]; rows: readonly (readonly SqlValue[])[] }[] = [];
  module.seed?.(
    {
      insert(table, columns, rows) {
        const all = [...rows];
        hash.update(`${table}(${columns.join()})`);
        for (const row of all) hash.update(`\n${row.join('\t')}`);
        inserts.push({ table, columns, rows: all });
      },
    },
    seed,
  );
  for (const { table, columns, rows } of inserts) await store.insert(table, columns, rows);
  return hash.digest('hex');
}
