import { Pool, type PoolClient } from 'pg';
import type { DatabaseServer } from '../../configuration.ts';
import { PostgresSession, Statements } from './session.ts';

/** How long connecting, or waiting for a connection, may take, ms; the deadline of whoever asks comes first where it has one. */
export const connectLimitMs = 3000;
/** How long the server lets one statement run when nobody has ended it, ms. */
export const statementLimitMs = 10_000;

/** What every connection begins with. A statement whose connection is gone ends within a second, and one that waits for a lock gives way after two: nothing here holds a lock that long unless it hangs. */
function optionsFor(schemas: readonly string[]): string {
  const settings = {
    search_path: schemas.map((schema) => `"${schema}"`).join(','),
    statement_timeout: statementLimitMs,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 15_000,
    client_connection_check_interval: 1000,
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

const asIs = (text: string): string => text;
/** Object identifiers of built-in types (pg_type.dat): whole numbers, floating ones, exact ones. */
const numbers: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);
const truth = 16;

/** Values as every store gives them. */
function parserOf(type: number): (text: string) => string | number {
  if (numbers.has(type)) return Number;
  return type === truth ? (text) => (text === 't' ? 1 : 0) : asIs;
}

/** The connections of one unit, opened as they are needed and kept. A connection that is lost is replaced by the next that is needed. */
export class Sessions {
  readonly #pool: Pool;
  readonly #statements = new Statements();
  readonly #held = new Set<PostgresSession>();
  #ended: Promise<void> | undefined;

  constructor({ host, port, user, password, name, connections }: DatabaseServer, schemas: readonly string[]) {
    this.#pool = new Pool({
      ...{ host, port, user, password, database: name, max: connections },
      application_name: 'cleave',
      connectionTimeoutMillis: connectLimitMs,
      idleTimeoutMillis: 0,
      keepAlive: true,
      pipeline: true,
      types: { getTypeParser: parserOf as never },
      options: optionsFor(schemas),
    });
    // One that nobody had is lost: there is nobody to tell.
    this.#pool.on('error', () => undefined);
  }

  /** Rejects as the client does. */
  async take(): Promise<PostgresSession> {
    const client: PoolClient = await this.#pool.connect();
    const session = new PostgresSession(client, this.#statements, () => this.#held.delete(session));
    this.#held.add(session);
    return session;
  }

  /** Lets no more out, waits until those that are out have come back, at most `limitMs`, and ends all. */
  end(limitMs: number): Promise<void> {
    this.#ended ??= this.#end(limitMs);
    return this.#ended;
  }

  async #end(limitMs: number): Promise<void> {
    const limit = setTimeout(() => {
      for (const session of this.#held) session.destroy();
    }, limitMs);
    await this.#pool.end();
    clearTimeout(limit);
  }
}
