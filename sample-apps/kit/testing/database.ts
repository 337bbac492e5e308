import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindDatabase, type Database } from '../database/database.ts';
import { prepareDatabase, type Prepared } from '../database/migrate.ts';
import { Store } from '../database/store.ts';

// For tests only.

/** A unit's database as each of its instances has it open. */
export interface SharedDatabase {
  /** One more instance's way to it. */
  open(): Database;
  close(): void;
}

/** A database with the tables of one module. */
export function sharedDatabase(module: Prepared): SharedDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'shared-'));
  const stores: Store[] = [];
  return {
    open() {
      const store = new Store(directory);
      stores.push(store);
      prepareDatabase(store.writer, [module], { value: 1, sizes: {} });
      return bindDatabase(store, module.name, () => false);
    },
    close() {
      for (const store of stores) store.close();
      rmSync(directory, { recursive: true });
    },
  };
}
