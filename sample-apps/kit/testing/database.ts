import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseServer } from '../configuration.ts';
import type { Database, Store } from '../database/database.ts';
import type { Prepared } from '../database/migrate.ts';
import { PostgresStore } from '../database/postgres/store.ts';
import { SqliteStore } from '../database/sqlite/store.ts';

// For tests only.

/** A unit's database as each of its instances has it open. */
export interface SharedDatabase {
  /** One more instance's way to it. */
  open(): Promise<Database>;
  /** One more instance's store. */
  store(): Store;
  close(): Promise<void>;
}

/** A database with the tables of one module, on that server or in a file. */
export function sharedDatabase(module: Prepared, server?: DatabaseServer): SharedDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'shared-'));
  const stores: Store[] = [];
  const open = (): Store => {
    const store = server === undefined ? new SqliteStore(directory) : new PostgresStore(server, [module.name]);
    stores.push(store);
    return store;
  };
  return {
    store: open,
    async open() {
      const store = open();
      await store.prepare([module], { value: 1, sizes: {} });
      return store.bind(module.name, () => false);
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      rmSync(directory, { recursive: true });
    },
  };
}
