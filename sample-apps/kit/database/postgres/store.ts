import { sleep, steadyMs } from '../../clock.ts';
import type { DatabaseServer } from '../../configuration.ts';
import { inTime } from '../../policies/in-time.ts';
import type { Database, Store } from '../database.ts';
import type { Prepared, Seed } from '../migrate.ts';
import { bindDatabase } from './database.ts';
import { mayPass, messageOf } from './failures.ts';
import { Sessions } from './pool.ts';
import { prepareLimitMs, prepareSchemas, schemaOfKit } from './prepare.ts';
import type { PostgresSession } from './session.ts';

/** How long a unit waits at its start for a server that is starting too, and at its end for what is under way, ms. */
const usualLimits: Limits = { startMs: 30_000, endMs: 500 };
const tryAgainMs = 50;

interface Limits {
  readonly startMs: number;
  readonly endMs: number;
}

/** A PostgreSQL server's database, in which each module has a schema of its own. Its other users are the other units and instances. */
export class PostgresStore implements Store {
  readonly #server: DatabaseServer;
  readonly #sessions: Sessions;
  readonly #limits: Limits;

  constructor(server: DatabaseServer, modules: readonly string[], limits: Partial<Limits> = {}) {
    this.#server = server;
    this.#limits = { ...usualLimits, ...limits };
    this.#sessions = new Sessions(server, [...modules, schemaOfKit]);
  }

  async prepare(modules: readonly Prepared[], seed: Seed): Promise<Record<string, string>> {
    const session = await this.#reach();
    try {
      const { host, port, name } = this.#server;
      return await inTime(
        steadyMs() + prepareLimitMs,
        `the database "${name}" at ${host}:${port} could not be prepared within ${prepareLimitMs / 1000} s`,
        () => prepareSchemas(session, modules, seed),
      );
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
    return this.#sessions.end(this.#limits.endMs);
  }

  /** The first connection. Throws one sentence when there is none in time. */
  async #reach(): Promise<PostgresSession> {
    const endAtMs = steadyMs() + this.#limits.startMs;
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
            `the database "${name}" at ${host}:${port} could not be reached within ${this.#limits.startMs / 1000} s: ${messageOf(error)}`,
            { cause: error },
          );
      }
      await sleep(tryAgainMs);
    }
  }
}
