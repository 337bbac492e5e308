import { Pool, type PoolClient } from 'pg';
import type { DatabaseServer } from '../../configuration.ts';
import { PostgresSession, Statements } from './session.ts';

/** How long connecting may take, ms; the deadline of whoever asks comes first where it has one. */
const connectLimitMs = 3000;
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
  /** Connections that nobody has, opened or not. */
  #free: number;
  readonly #most: number;
  readonly #line: (() => void)[] = [];
  #ended: Promise<void> | undefined;

  constructor({ host, port, user, password, name, connections }: DatabaseServer, schemas: readonly string[]) {
    this.#free = connections;
    this.#most = connections;
    this.#pool = new Pool({
      ...{ host, port, user, password, database: name, max: connections },
      application_name: 'cleave',
      // Not what the environment says.
      ssl: false,
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

  /** A connection, in the order asked for. Rejects as the client does when none can be opened. */
  async take(): Promise<PostgresSession> {
    if (this.#free > 0) this.#free--;
    else
      await new Promise<void>((resolve) => {
        this.#line.push(resolve);
      });
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      this.#handOn();
      throw error;
    }
    const session = new PostgresSession(client, this.#statements, () => {
      this.#held.delete(session);
      this.#handOn();
    });
    this.#held.add(session);
    return session;
  }

  /** Lets so many out at most, from when enough have come back, in the order asked for, until the answer is called. */
  limit(most: number): () => void {
    let over = false;
    let kept = 0;
    const keep = (): void => {
      if (over) this.#handOn();
      else kept++;
    };
    for (let left = this.#most - most; left > 0; left--) {
      if (this.#free === 0) this.#line.push(keep);
      else {
        this.#free--;
        keep();
      }
    }
    return () => {
      over = true;
      for (; kept > 0; kept--) this.#handOn();
    };
  }

  #handOn(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#free++;
    else next();
  }

  /** Lets no more out, waits until those that are out have come back, at most `limitMs`, and ends all. */
  end(limitMs: number): Promise<void> {
    this.#ended ??= this.#end(limitMs);
    return this.#ended;
  }

  async #end(limitMs: number): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      limit = setTimeout(() => {
        for (const session of this.#held) session.destroy();
        // Whoever has one may never give it back.
        resolve();
      }, limitMs);
    });
    await Promise.race([this.#pool.end(), late]);
    clearTimeout(limit);
  }
}
