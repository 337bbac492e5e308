import { Connection, type ConnectionAddress, type ConnectionFailure } from './connection.ts';
import type { Exchange } from './exchange.ts';
import { cachedLookup } from './name-lookup.ts';

/** Node's own servers close a connection that was idle for 5 s; one about to be closed must not get a request. */
const MAX_IDLE_MS = 3000;
/** The share of the time that a server says it keeps idle connections in which they get requests. */
const IDLE_SHARE = 0.6;
/** How long an address that could not be reached is left out while there are others, ms. */
const ASIDE_MS = 500;

/** Told of what happens on the connections to a destination. */
export interface DestinationEvents {
  onReady(connection: Connection<Exchange>, destination: Destination, nowMs: number): void;
  onAnswer(exchange: Exchange, status: number, body: string | null, atMs: number): void;
  /** A connection was lost, or was never there; `exchange` is what was on it. */
  onLost(destination: Destination, exchange: Exchange | null, wasOpen: boolean, failure: ConnectionFailure): void;
}

/** One address that the load goes to, with the connections to it. The one used last is used first, so that few are needed. */
export class Destination {
  readonly url: string;
  opening = 0;
  asideUntilMs = 0;
  private readonly idle: Connection<Exchange>[] = [];
  private readonly connections = new Set<Connection<Exchange>>();
  private closedBytes = { received: 0, sent: 0 };
  private readonly address: ConnectionAddress;
  private readonly events: DestinationEvents;
  private idleLimitMs = MAX_IDLE_MS;
  private onEmpty: (() => void) | null = null;

  constructor(url: string, connectTimeoutMs: number, events: DestinationEvents) {
    this.url = url;
    const { hostname, port } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    this.address = { host, port: Number(port || 80), lookup: cachedLookup, connectTimeoutMs };
    this.events = events;
  }

  get size(): number {
    return this.connections.size;
  }

  /** Requests under way and connections on their way. */
  get busy(): number {
    return this.connections.size - this.idle.length;
  }

  /** Bytes over all its connections so far. */
  bytes(): { received: number; sent: number } {
    const total = { ...this.closedBytes };
    for (const connection of this.connections) {
      total.received += connection.bytesRead;
      total.sent += connection.bytesWritten;
    }
    return total;
  }

  open(): void {
    this.opening++;
    this.connections.add(new Connection(this.address, this));
  }

  takeIdle(nowMs: number): Connection<Exchange> | undefined {
    const connection = this.idle.pop();
    if (connection === undefined || nowMs - connection.idleSinceMs < this.idleLimitMs) return connection;
    // The last one used is too old, so all are.
    for (const old of [connection, ...this.idle.splice(0)]) old.close();
    return undefined;
  }

  /** There is nothing for the connection to do. */
  rest(connection: Connection<Exchange>, nowMs: number): void {
    connection.idleSinceMs = nowMs;
    this.idle.push(connection);
  }

  leaveOut(nowMs: number): void {
    this.asideUntilMs = nowMs + ASIDE_MS;
  }

  get retired(): boolean {
    return this.onEmpty !== null;
  }

  /** Gets no more requests; resolves when those under way have ended and its connections are closed. */
  retire(): Promise<void> {
    return new Promise((resolve) => {
      this.onEmpty = resolve;
      for (const connection of this.idle.splice(0)) connection.close();
      if (this.connections.size === 0) resolve();
    });
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }

  onOpen(connection: Connection<Exchange>): void {
    this.opening--;
    if (this.retired) connection.close();
    else this.events.onReady(connection, this, performance.now());
  }

  onResponse(connection: Connection<Exchange>, atMs: number): void {
    const { request: exchange } = connection;
    connection.request = null;
    const { status, body, keepAlive, idleMs } = connection.parser;
    if (idleMs !== null) this.idleLimitMs = Math.min(MAX_IDLE_MS, IDLE_SHARE * idleMs);
    if (keepAlive && !this.retired) this.events.onReady(connection, this, atMs);
    else connection.close();
    if (exchange !== null && !exchange.done) this.events.onAnswer(exchange, status, body, atMs);
  }

  onClosed(connection: Connection<Exchange>, failure: ConnectionFailure): void {
    this.connections.delete(connection);
    this.closedBytes.received += connection.bytesRead;
    this.closedBytes.sent += connection.bytesWritten;
    const at = this.idle.indexOf(connection);
    if (at >= 0) this.idle.splice(at, 1);
    if (!connection.open) this.opening--;
    this.events.onLost(this, connection.request, connection.open, failure);
    if (this.connections.size === 0) this.onEmpty?.();
  }
}
