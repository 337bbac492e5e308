import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What becomes of a call: an answer of the engine's that says no, or none, or not all of one. */
export const failures = ['500', '409', '403', 'hang', 'close', 'half body', 'slow drip'] as const;
export type Failure = (typeof failures)[number];

/** Whether the engine itself hears of a call that fails so: what it does is lost on the way back then. */
export function isHeard(failure: Failure): boolean {
  switch (failure) {
    case '500':
    case '409':
    case '403':
    case 'hang':
      return false;
    case 'close':
    case 'half body':
    case 'slow drip':
      return true;
  }
}

const LINE_FEED = 10;
/** A byte of an answer that drips, ms. */
const dripMs = 100;

/** Refuses in the engine's own form. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}

/** Hands an answer on as the failure has it; `moved` is told with every line of one that drips. */
export function spoil(
  failure: 'close' | 'half body' | 'slow drip',
  from: IncomingMessage,
  to: ServerResponse,
  moved: () => void,
): void {
  switch (failure) {
    case 'close':
      from.resume();
      to.destroy();
      return;
    case 'half body':
      half(from, to, () => to.writeHead(from.statusCode ?? 200, from.headers));
      return;
    case 'slow drip':
      to.writeHead(from.statusCode ?? 200, from.headers);
      to.flushHeaders();
      drip(from, to, moved);
      return;
  }
}

/** Half of the first piece, or of the head where there is no body. */
export function half(from: NodeJS.ReadableStream, to: ServerResponse, head: () => void): void {
  let begun = false;
  from.once('data', (chunk: Buffer) => {
    begun = true;
    head();
    to.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => to.destroy());
  });
  from.once('end', () => {
    if (begun) return;
    to.socket?.write('HTTP/1.1 20', () => to.destroy());
  });
  from.on('error', () => to.destroy());
}

/** Byte by byte, for as long as both ends have it. */
export function drip(from: NodeJS.ReadableStream, to: ServerResponse | Duplex, moved: () => void): void {
  let held = Buffer.alloc(0);
  let ended = false;
  const timer = setInterval(() => {
    if (held.length > 0) {
      to.write(held.subarray(0, 1));
      if (held[0] === LINE_FEED) moved();
      held = held.subarray(1);
    } else if (ended) {
      clearInterval(timer);
      to.end();
    }
  }, dripMs);
  from.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
  });
  from.on('end', () => (ended = true));
  from.on('error', () => to.destroy());
  to.on('error', () => undefined);
  to.on('close', () => clearInterval(timer));
}
