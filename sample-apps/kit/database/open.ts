import { mkdirSync } from 'node:fs';
import type { Configuration } from '../configuration.ts';
import type { Store } from './database.ts';
import { SqliteStore } from './sqlite/store.ts';

/** The store that the unit is told to have: a server's database, else a file in its directory. */
export async function openStore({ database, dataDirectory, modules }: Configuration): Promise<Store> {
  // Where its callees are is written down there whatever holds the data.
  mkdirSync(dataDirectory, { recursive: true });
  if (database === undefined) return new SqliteStore(dataDirectory);
  // A unit with a file of its own does without the client.
  const { PostgresStore } = await import('./postgres/store.ts');
  return new PostgresStore(database, modules);
}
