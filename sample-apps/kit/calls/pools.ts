// The package's own door brings fetch, WebSocket and caches along: 6 MB resident in every unit.
import Pool from 'undici/lib/dispatcher/pool.js';
import { lookup } from './lookup.ts';

/** Connections to one instance at most; callers beyond it wait in line within their deadline. */
const maxConnections = 128;
/** Shorter than the server keeps idle connections, so that no request meets one that is just being closed, ms. */
const keepAliveMs = 30_000;

/** Open connections to the other units, one pool an instance. */
export class Pools {
  readonly #pools = new Map<string, Pool>();
  /** Of instances that are not called any more, until the calls under way to them have ended. */
  readonly #retired = new Map<Pool, Promise<void>>();

  get(url: string): Pool {
    let pool = this.#pools.get(url);
    if (pool === undefined) {
      pool = new Pool(url, {
        connections: maxConnections,
        pipelining: 1,
        keepAliveTimeout: keepAliveMs,
        keepAliveMaxTimeout: keepAliveMs,
        connect: { lookup },
      });
      this.#pools.set(url, pool);
    }
    return pool;
  }

  /** Ends the connections to an instance that is not called any more, once the calls on them have ended. */
  retire(url: string): void {
    const pool = this.#pools.get(url);
    if (pool === undefined) return;
    this.#pools.delete(url);
    const ended = pool.close().finally(() => this.#retired.delete(pool));
    this.#retired.set(pool, ended);
  }

  /** Settles when no call is under way to an instance that is not called any more. */
  async untilRetired(): Promise<void> {
    await Promise.all(this.#retired.values());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values(), ...this.#retired.keys()].map((pool) => pool.destroy()));
  }
}
