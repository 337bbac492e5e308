import type { LoadPlan } from '../model/index.ts';
import { Connection, type ConnectionAddress, type ConnectionFailure } from './connection.ts';
import type { Exchange } from './exchange.ts';
import { Fifo } from './fifo.ts';
import { cachedLookup } from './name-lookup.ts';

/** Node's own servers close a connection that was idle for 5 s; one about to be closed must not get a request. */
const MAX_IDLE_MS = 3000;

export interface PoolEvents {
  onAnswer(exchange: Exchange, status: number, body: string | null, atMs: number): void;
  onFailure(exchange: Exchange, failure: Exclude<ConnectionFailure, 'unanswered'>, atMs: number): void;
}

/**
 * Connections up to a cap, and behind them a line of requests in the order they were due. Nothing is ever dropped for want of a
 * connection: it waits, and its wait counts. The connection used last is used first, so that few are needed.
 */
export class ConnectionPool {
  private readonly idle: Connection<Exchange>[] = [];
  private readonly connections = new Set<Connection<Exchange>>();
  private readonly line = new Fifo<Exchange>();
  private opening = 0;
  private closed = false;
  private closedBytes = { received: 0, sent: 0 };
  private readonly address: ConnectionAddress;
  private readonly maxConnections: number;
  private readonly events: PoolEvents;

  constructor(limits: Pick<LoadPlan, 'baseUrl' | 'maxConnections'> & { connectTimeoutMs: number }, events: PoolEvents) {
    const url = new URL(limits.baseUrl);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    this.address = {
      host,
      port: Number(url.port || 80),
      lookup: cachedLookup,
      connectTimeoutMs: limits.connectTimeoutMs,
    };
    this.maxConnections = limits.maxConnections;
    this.events = events;
  }

  /** Requests in line, those given up included until they reach its head. */
  get waiting(): number {
    return this.line.length;
  }

  /** Sends the request now or puts it in line. */
  submit(exchange: Exchange): void {
    const connection = this.takeIdle(exchange.issuedMs);
    if (connection !== undefined && this.waiting === 0) {
      this.send(connection, exchange, exchange.issuedMs);
      return;
    }
    if (connection !== undefined) this.idle.push(connection);
    this.line.push(exchange);
    this.openMore();
  }

  /** Bytes over all connections so far. */
  bytes(): { received: number; sent: number } {
    const total = { ...this.closedBytes };
    for (const connection of this.connections) {
      total.received += connection.bytesRead;
      total.sent += connection.bytesWritten;
    }
    return total;
  }

  close(): void {
    this.closed = true;
    for (const connection of this.connections) connection.close();
  }

  private takeIdle(nowMs: number): Connection<Exchange> | undefined {
    const connection = this.idle.pop();
    if (connection === undefined || nowMs - connection.idleSinceMs < MAX_IDLE_MS) return connection;
    // The last one used is too old, so all are.
    for (const old of [connection, ...this.idle.splice(0)]) old.close();
    return undefined;
  }

  private send(connection: Connection<Exchange>, exchange: Exchange, nowMs: number): void {
    exchange.sentMs = nowMs;
    exchange.connection = connection;
    connection.send(exchange, exchange.text, exchange.step.needsBody, exchange.step.isHead);
  }

  private nextInLine(): Exchange | undefined {
    let exchange = this.line.shift();
    while (exchange?.done === true) exchange = this.line.shift();
    return exchange;
  }

  private openMore(): void {
    while (!this.closed && this.opening < this.waiting && this.connections.size < this.maxConnections) {
      this.opening++;
      this.connections.add(new Connection(this.address, this));
    }
  }

  private serve(connection: Connection<Exchange>, nowMs: number): void {
    const next = this.nextInLine();
    if (next !== undefined) this.send(connection, next, nowMs);
    else {
      connection.idleSinceMs = nowMs;
      this.idle.push(connection);
    }
  }

  onOpen(connection: Connection<Exchange>): void {
    this.opening--;
    this.serve(connection, performance.now());
  }

  onResponse(connection: Connection<Exchange>, atMs: number): void {
    const { request: exchange } = connection;
    connection.request = null;
    const { status, body, keepAlive } = connection.parser;
    if (keepAlive) this.serve(connection, atMs);
    else connection.close();
    if (exchange !== null && !exchange.done) this.events.onAnswer(exchange, status, body, atMs);
  }

  onClosed(connection: Connection<Exchange>, failure: ConnectionFailure): void {
    const { request: exchange } = connection;
    this.connections.delete(connection);
    this.closedBytes.received += connection.bytesRead;
    this.closedBytes.sent += connection.bytesWritten;
    const at = this.idle.indexOf(connection);
    if (at >= 0) this.idle.splice(at, 1);
    const atMs = performance.now();
    if (!connection.open) {
      this.opening--;
      // Of a name that never answers nothing is known: the requests in line wait on, up to their own deadlines.
      const failed = failure === 'unanswered' ? undefined : this.nextInLine();
      if (failed !== undefined && failure !== 'unanswered') this.events.onFailure(failed, failure, atMs);
    } else if (exchange !== null && !exchange.done && failure !== 'unanswered') {
      this.events.onFailure(exchange, failure, atMs);
    }
    this.openMore();
  }
}
