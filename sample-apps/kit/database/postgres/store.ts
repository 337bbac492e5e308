import { sleep, steadyMs } from '../../clock.ts';
import type { DatabaseServer } from '../../configuration.ts';
import type { Database, Store } from '../database.ts';
import type { Prepared, Seed } from '../migrate.ts';
import { bindDatabase } from './database.ts';
import { mayPass, messageOf } from './failures.ts';
import { Sessions } from './pool.ts';
import { prepareSchemas, schemaOfKit } from './prepare.ts';
import type { PostgresSession } from './session.ts';

/** How long a unit waits at its start for a server that is starting too, ms. */
const startLimitMs = 30_000;
const tryAgainMs = 50;
/** How long what is under way may go on at the end, ms. */
const endLimitMs = 2000;

/** A PostgreSQL server's database, in which each module has a schema of its own. Its other users are the other units and instances. */
export class PostgresStore implements Store {
  readonly #server: DatabaseServer;
  readonly #sessions: Sessions;
  readonly #startLimitMs: number;

  constructor(
    server: DatabaseServer,
    modules: readonly string[],
    limits: { startMs: number } = { startMs: startLimitMs },
  ) {
    this.#server = server;
    this.#startLimitMs = limits.startMs;
    this.#sessions = new Sessions(server, [...modules, schemaOfKit]);
  }

  async prepare(modules: readonly Prepared[], seed: Seed): Promise<Record<string, string>> {
    const session = await this.#reach();
    try {
      return await prepareSchemas(session, modules, seed);
    } finally {
      session.end();
    }
  }

  bind(module: string, isOut: () => boolean): Database {
    return bindDatabase(() => this.#sessions.take(), module, isOut);
  }

  limitConnections(most: number): () => void {
    return this.#sessions.limit(most);
  }

  close(): Promise<void> {
    return this.#sessions.end(endLimitMs);
  }

  /** The first connection. Throws one sentence when there is none in time. */
  async #reach(): Promise<PostgresSession> {
    const endAtMs = steadyMs() + this.#startLimitMs;
    for (;;) {
      try {
        return await this.#sessions.take();
      } catch (error) {
        const { host, port, name, user } = this.#server;
        if (!mayPass(error))
          throw new Error(`the database "${name}" at ${host}:${port} refuses "${user}": ${messageOf(error)}`, {
            cause: error,
          });
        if (steadyMs() >= endAtMs)
          throw new Error(
            `the database "${name}" at ${host}:${port} could not be reached within ${this.#startLimitMs / 1000} s: ${messageOf(error)}`,
            { cause: error },
          );
      }
      await sleep(tryAgainMs);
    }
  }
}
