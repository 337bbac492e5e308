import { connect, type LookupFunction, type Socket } from 'node:net';
import { ResponseParser } from './response-parser.ts';

/** One buffer for all connections: a chunk is read to its end before the next one is received into it. */
const sharedBuffer = Buffer.allocUnsafeSlow(65_536);

// Most requests of a load are one constant text.
let lastText = '';
let lastEncoding: 'latin1' | 'utf8' = 'latin1';

/** `unanswered`: it was not established in time. */
export type ConnectionFailure = 'refused' | 'reset' | 'other' | 'unanswered';

export interface ConnectionEvents<T> {
  onOpen(connection: Connection<T>): void;
  /** The response is complete; read it from `connection.parser`. */
  onResponse(connection: Connection<T>, atMs: number): void;
  /** It is gone; called exactly once, whatever the reason. */
  onClosed(connection: Connection<T>, failure: ConnectionFailure): void;
}

export interface ConnectionAddress {
  host: string;
  port: number;
  lookup: LookupFunction;
  /** An attempt that takes longer is given up, so that the back-off of a dead address does not outlast its death. */
  connectTimeoutMs: number;
}

/** A keep-alive connection that carries one request at a time. */
export class Connection<T> {
  readonly parser = new ResponseParser();
  /** What it carries; set to null by whoever takes the response. */
  request: T | null = null;
  /** The response to its request is not complete. */
  busy = false;
  open = false;
  idleSinceMs = 0;
  private closed = false;
  private readonly socket: Socket;
  private readonly events: ConnectionEvents<T>;

  constructor(address: ConnectionAddress, events: ConnectionEvents<T>) {
    this.events = events;
    const { host, port, lookup } = address;
    const socket = connect({
      host,
      port,
      lookup,
      noDelay: true,
      onread: { buffer: sharedBuffer, callback: (length) => this.receive(length) },
    });
    this.socket = socket;
    const patience = setTimeout(() => {
      this.fail('unanswered');
      socket.destroy();
    }, address.connectTimeoutMs);
    socket.once('close', () => clearTimeout(patience));
    socket.once('connect', () => {
      clearTimeout(patience);
      this.open = true;
      events.onOpen(this);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.fail(failureOf(error)));
    socket.on('end', () => this.end());
    socket.on('close', () => this.fail('reset'));
  }

  /** Writes a request whose response is then awaited. */
  send(request: T, text: string, wantBody: boolean, headRequest: boolean): void {
    this.request = request;
    this.busy = true;
    this.parser.begin(wantBody, headRequest);
    if (text !== lastText) {
      lastText = text;
      lastEncoding = Buffer.byteLength(text) === text.length ? 'latin1' : 'utf8';
    }
    this.socket.write(text, lastEncoding);
  }

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  get bytesWritten(): number {
    return this.socket.bytesWritten;
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(length: number): boolean {
    const atMs = performance.now();
    if (!this.busy) {
      // An answer to nothing: a server that gives up on the connection says so this way.
      this.socket.destroy();
      return true;
    }
    // Only what the other side sent may be at fault here: what the receiver of the response throws is not swallowed.
    let complete: boolean;
    try {
      complete = this.parser.push(sharedBuffer, length);
    } catch {
      this.fail('other');
      this.socket.destroy();
      return true;
    }
    if (complete) {
      this.busy = false;
      this.events.onResponse(this, atMs);
    }
    return true;
  }

  private end(): void {
    if (this.busy && this.parser.finish()) {
      this.busy = false;
      this.events.onResponse(this, performance.now());
    }
    this.fail('reset');
    this.socket.destroy();
  }

  private fail(failure: ConnectionFailure): void {
    if (this.closed) return;
    this.closed = true;
    this.events.onClosed(this, failure);
  }
}

function failureOf(error: NodeJS.ErrnoException): ConnectionFailure {
  const { code } = error;
  if (code === 'ECONNREFUSED') return 'refused';
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED' ? 'reset' : 'other';
}
