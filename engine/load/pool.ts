import type { LoadPlan } from '../model/index.ts';
import type { Connection, ConnectionFailure } from './connection.ts';
import { Destination } from './destination.ts';
import type { Exchange } from './exchange.ts';
import { Fifo } from './fifo.ts';

export interface PoolEvents {
  onAnswer(exchange: Exchange, status: number, body: string | null, atMs: number): void;
  onFailure(exchange: Exchange, failure: Exclude<ConnectionFailure, 'unanswered'>, atMs: number): void;
}

/**
 * Connections up to a cap, and behind them a line of requests in the order they were due. Nothing is ever dropped for want of a
 * connection: it waits, and its wait counts. Of several addresses the one with the least to do is next, in turn among equals.
 */
export class ConnectionPool {
  private destinations: Destination[];
  /** Those that get no more requests and still have some. */
  private readonly leaving = new Set<Destination>();
  private readonly line = new Fifo<Exchange>();
  private closed = false;
  private turn = 0;
  private goneBytes = { received: 0, sent: 0 };
  private readonly limits: Pick<LoadPlan, 'maxConnections'> & { connectTimeoutMs: number };
  private readonly events: PoolEvents;

  constructor(
    urls: readonly string[],
    limits: Pick<LoadPlan, 'maxConnections'> & { connectTimeoutMs: number },
    events: PoolEvents,
  ) {
    this.limits = limits;
    this.events = events;
    this.destinations = urls.map((url) => this.destination(url));
  }

  /** Requests in line, those given up included until they reach its head. */
  get waiting(): number {
    return this.line.length;
  }

  /** Sends the request now or puts it in line. */
  submit(exchange: Exchange): void {
    // Asked once: with another turn for the new connection the idle ones would pile up where no request is sent.
    const destination = this.next(exchange.issuedMs);
    if (this.waiting === 0) {
      const connection = destination?.takeIdle(exchange.issuedMs);
      if (connection !== undefined) {
        this.send(connection, exchange, exchange.issuedMs);
        return;
      }
    }
    this.line.push(exchange);
    this.openMore(destination);
  }

  /** Requests go to these addresses from now on. Resolves when those under way to others have ended. */
  async lead(urls: readonly string[]): Promise<void> {
    const known = new Map(this.destinations.map((one) => [one.url, one]));
    this.destinations = urls.map((url) => known.get(url) ?? this.destination(url));
    const gone = [...known.values()].filter(({ url }) => !urls.includes(url));
    for (const one of gone) this.leaving.add(one);
    const left = gone.map((one) => one.retire());
    this.openMore();
    await Promise.all(left);
    for (const one of gone) {
      this.leaving.delete(one);
      const { received, sent } = one.bytes();
      this.goneBytes = { received: this.goneBytes.received + received, sent: this.goneBytes.sent + sent };
    }
  }

  /** Bytes over all connections so far. */
  bytes(): { received: number; sent: number } {
    const total = { ...this.goneBytes };
    for (const destination of [...this.destinations, ...this.leaving]) {
      const { received, sent } = destination.bytes();
      total.received += received;
      total.sent += sent;
    }
    return total;
  }

  close(): void {
    this.closed = true;
    for (const destination of [...this.destinations, ...this.leaving]) destination.close();
  }

  onReady(connection: Connection<Exchange>, destination: Destination, nowMs: number): void {
    const next = this.nextInLine();
    if (next !== undefined) this.send(connection, next, nowMs);
    else destination.rest(connection, nowMs);
  }

  onAnswer(exchange: Exchange, status: number, body: string | null, atMs: number): void {
    this.events.onAnswer(exchange, status, body, atMs);
  }

  onLost(destination: Destination, exchange: Exchange | null, wasOpen: boolean, failure: ConnectionFailure): void {
    const atMs = performance.now();
    if (!wasOpen || exchange !== null) destination.leaveOut(atMs);
    if (wasOpen) {
      if (exchange !== null && !exchange.done && failure !== 'unanswered')
        this.events.onFailure(exchange, failure, atMs);
    } else if (failure !== 'unanswered' && !this.hasOther(atMs)) {
      // Of a name that never answers nothing is known: the requests in line wait on, up to their own deadlines.
      const failed = this.nextInLine();
      if (failed !== undefined) this.events.onFailure(failed, failure, atMs);
    }
    this.openMore();
  }

  private destination(url: string): Destination {
    return new Destination(url, this.limits.connectTimeoutMs, this);
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

  /** Opens connections for what waits, the first of them to `destination`. */
  private openMore(destination = this.next(performance.now())): void {
    let { size, opening } = this.counts();
    let to = destination;
    while (!this.closed && opening < this.waiting && size < this.limits.maxConnections) {
      to?.open();
      opening++;
      size++;
      to = this.next(performance.now());
    }
    while (!this.closed && opening < this.waiting && this.useIdle());
  }

  /** Where no more may be opened an idle connection serves, wherever it leads. Returns whether there was one. */
  private useIdle(): boolean {
    const nowMs = performance.now();
    for (const destination of this.destinations) {
      const connection = destination.takeIdle(nowMs);
      if (connection === undefined) continue;
      this.onReady(connection, destination, nowMs);
      return true;
    }
    return false;
  }

  private counts(): { size: number; opening: number } {
    let size = 0;
    let opening = 0;
    for (const destination of this.destinations) {
      size += destination.size;
      opening += destination.opening;
    }
    for (const destination of this.leaving) size += destination.size;
    return { size, opening };
  }

  /** Whether an address is left that has not just failed. */
  private hasOther(nowMs: number): boolean {
    return this.destinations.some(({ asideUntilMs }) => asideUntilMs <= nowMs);
  }

  /** The one with the least to do of those that have not just failed; where all have, the one whose time is up first. */
  private next(nowMs: number): Destination | undefined {
    const count = this.destinations.length;
    if (count === 1) return this.destinations[0];
    let best: Destination | undefined;
    let at = 0;
    for (let step = 0; step < count; step++) {
      const index = (this.turn + step) % count;
      const one = this.destinations[index];
      if (one === undefined || (best !== undefined && !isBetter(one, best, nowMs))) continue;
      best = one;
      at = index;
    }
    this.turn = (at + 1) % count;
    return best;
  }
}

function isBetter(one: Destination, other: Destination, nowMs: number): boolean {
  const [oneAside, otherAside] = [one.asideUntilMs > nowMs, other.asideUntilMs > nowMs];
  if (oneAside !== otherAside) return otherAside;
  return oneAside ? one.asideUntilMs < other.asideUntilMs : one.busy < other.busy;
}
