import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Store } from '../database.ts';
import { knownModules, prepareModules, type Prepared, type Seed } from '../migrate.ts';
import { whenFree } from './busy.ts';
import { Connection } from './connection.ts';
import { bindDatabase } from './database.ts';
import { preparing } from './preparing.ts';

/** How long a unit waits at its start for others that write to its database, ms. */
const prepareLimitMs = 60_000;

/**
 * The unit's one database: one connection that writes, one transaction at a time in the order asked for, and one that reads
 * what is committed. Other instances of the unit, in processes of their own, have the same file.
 */
export class SqliteStore implements Store {
  readonly writer: Connection;
  readonly reader: Connection;
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'unit.sqlite');
    this.writer = new Connection(file);
    // A write-ahead log keeps every commit when the process is killed, whatever `synchronous` says; syncing to the disk guards
    // only against the loss of the machine, which no fault here does, and would put the host's disk into the figures.
    this.writer.execute(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000',
    );
    // From here on whoever writes waits for other processes without holding this one: see `whenFree`.
    this.writer.execute('PRAGMA busy_timeout = 0');
    this.reader = new Connection(file, { readOnly: true });
    this.reader.execute('PRAGMA cache_size = -4000');
  }

  /** True while a transaction holds the writer. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Takes the writer; undefined when it was free and is taken now, otherwise a promise of its turn. */
  acquire(): Promise<void> | undefined {
    if (!this.#busy) {
      this.#busy = true;
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Hands the writer to the next in line. */
  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else next();
  }

  /** In one transaction; again from the start while another instance is at it. */
  prepare(modules: readonly Prepared[], seed: Seed): Promise<Record<string, string>> {
    return whenFree(async () => {
      this.writer.execute('BEGIN IMMEDIATE');
      try {
        this.writer.execute(knownModules);
        const hashes = await prepareModules(preparing(this.writer), modules, seed);
        this.writer.execute('COMMIT');
        return hashes;
      } catch (error) {
        this.writer.execute('ROLLBACK');
        throw error;
      }
    }, prepareLimitMs);
  }

  bind(module: string, isOut: () => boolean): Database {
    return bindDatabase(this, module, isOut);
  }

  close(): Promise<void> {
    this.reader.close();
    this.writer.close();
    return Promise.resolve();
  }
}
