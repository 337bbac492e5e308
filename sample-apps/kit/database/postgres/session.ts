import type { PoolClient, QueryResult } from 'pg';
import type { Row, SqlValue } from '../database.ts';
import type { Session } from '../transaction.ts';
import { numbered } from './placeholders.ts';

/** How long what nobody waits for any more may go on before its connection is destroyed, ms. */
const lingerMs = 2000;
/** Statements that a connection keeps prepared; what comes later is prepared anew each time. */
const maxPrepared = 500;

/** Statements as the server takes them, by the text of the module. One for all connections of a unit. */
export class Statements {
  readonly #known = new Map<string, { text: string; name?: string }>();

  of(sql: string): { text: string; name?: string } {
    const known = this.#known.get(sql);
    if (known !== undefined) return known;
    const text = numbered(sql);
    if (this.#known.size >= maxPrepared) return { text };
    const made = { text, name: `s${this.#known.size}` };
    this.#known.set(sql, made);
    return made;
  }
}

/** One connection for as long as somebody has it. What is asked for is sent at once and done in its turn. */
export class PostgresSession implements Session {
  readonly #client: PoolClient;
  readonly #statements: Statements;
  readonly #onEnd: () => void;
  readonly #onError = (): void => {
    this.#broken = true;
  };
  /** Told of a failure of `execute`. */
  onFailure: (error: unknown) => void = () => undefined;
  #broken = false;
  #pending = 0;
  #ended = false;
  #lingering: NodeJS.Timeout | undefined;

  constructor(client: PoolClient, statements: Statements, onEnd: () => void) {
    this.#client = client;
    this.#statements = statements;
    this.#onEnd = onEnd;
    client.on('error', this.#onError);
  }

  ask(sql: string, values: readonly SqlValue[]): Promise<QueryResult<Row>> {
    return this.#send({ ...this.#statements.of(sql), values: [...values] });
  }

  /** A statement without placeholders; or several, of which nobody wants a result. */
  tell(sql: string): Promise<QueryResult<Row>> {
    return this.#send(sql);
  }

  execute(sql: string): void {
    this.#send(sql).catch((error: unknown) => this.onFailure(error));
  }

  /** Gives the connection back, once it has done what was asked for; destroys it when that takes too long. */
  end(): void {
    this.#ended = true;
    if (this.#pending === 0) this.#release();
    else this.#lingering = setTimeout(() => this.destroy(), lingerMs).unref();
  }

  /** Everything under way fails. */
  destroy(): void {
    this.#broken = true;
    (this.#client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  async #send(query: string | { text: string; name?: string; values: SqlValue[] }): Promise<QueryResult<Row>> {
    this.#pending++;
    try {
      return await this.#client.query<Row>(query);
    } finally {
      this.#pending--;
      if (this.#ended && this.#pending === 0) this.#release();
    }
  }

  #release(): void {
    clearTimeout(this.#lingering);
    this.#client.off('error', this.#onError);
    this.#client.release(this.#broken);
    this.#onEnd();
  }
}
