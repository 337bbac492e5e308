import { EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { nameOf, routeOf, type CallKind, type Phase } from './call.ts';
import { drip, isHeard, refuse, spoil, type Failure } from './failure.ts';

/** Which calls fail, how, and whether all of them or the first alone. */
export interface EngineFault {
  call: CallKind;
  failure: Failure;
  times: 'once' | 'always';
}

/** A way to an engine on which one kind of call fails as a fault says; everything else passes. */
export interface FaultProxy {
  /** As in DOCKER_HOST. */
  address: string;
  /** To be told where the run is. */
  phase: Phase;
  /** Kinds of calls that came, with how many. */
  readonly seen: ReadonlyMap<string, { call: CallKind; count: number }>;
  /** How often the fault was done. */
  readonly done: number;
  /** Tells of every call that comes and every answer that goes, but for whether the engine is there. The returned function ends that. */
  onMove(listener: () => void): () => void;
  /** From now on everything passes. */
  heal(): void;
  close(): Promise<void>;
}

/** Opens a socket that leads to the engine at `dockerHost`. */
export async function faultProxy(
  dockerHost: string,
  socket: string,
  fault: EngineFault | null = null,
): Promise<FaultProxy> {
  const engine = dockerHost.replace(/^unix:\/\//, '');
  const seen = new Map<string, { call: CallKind; count: number }>();
  const open = new Set<Duplex>();
  const moves = new EventEmitter<{ move: [] }>();
  let phase: Phase = 'opening';
  let done = 0;
  let healed = false;

  /** What becomes of this call; null: it passes. */
  const fate = (request: IncomingMessage): Failure | null => {
    const call = { method: request.method ?? 'GET', route: routeOf(request), phase };
    const name = nameOf(call);
    if (call.route !== '/_ping') moves.emit('move');
    seen.set(name, { call, count: (seen.get(name)?.count ?? 0) + 1 });
    if (healed || fault === null || nameOf(fault.call) !== name) return null;
    if (fault.times === 'once' && done > 0) return null;
    done += 1;
    return fault.failure;
  };
  const passing = ({ method, url, headers }: IncomingMessage): RequestOptions => ({
    socketPath: engine,
    ...{ method, path: url, headers },
    agent: false,
  });

  const server = createServer((request, response) => {
    const failure = fate(request);
    if (failure !== null && !isHeard(failure)) {
      request.resume();
      if (failure !== 'hang') request.on('end', () => refuse(response, Number(failure), 'it is refused on purpose'));
      return;
    }
    const passed = ask(passing(request), (answer) => {
      if (routeOf(request) !== '/_ping') moves.emit('move');
      if (failure === 'close' || failure === 'half body' || failure === 'slow drip') {
        spoil(failure, answer, response, () => moves.emit('move'));
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    passed.on('error', () => response.destroy());
    response.on('error', () => undefined);
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  });
  server.on('connection', (connection) => {
    open.add(connection);
    connection.on('error', () => undefined);
    connection.on('close', () => open.delete(connection));
  });
  // A call that makes a connection of two directions of its own.
  server.on('upgrade', (request: IncomingMessage, client: Duplex, first: Buffer) => {
    const failure = fate(request);
    if (failure !== null && !isHeard(failure)) {
      if (failure !== 'hang') client.end(refusal(Number(failure)));
      return;
    }
    // From here on bytes are handed on as they are, for the engine answers in its own time to what is no request any more.
    const attached = connect(engine);
    open.add(attached);
    attached.on('close', () => {
      open.delete(attached);
      client.destroy();
    });
    attached.on('error', () => client.destroy());
    client.on('close', () => attached.destroy());
    // In one piece: engines have been seen to take a body that comes a moment later for what is written to the program.
    attached.write(Buffer.concat([Buffer.from(headOf(request)), first]));
    client.pipe(attached);
    switch (failure) {
      case null:
        attached.pipe(client);
        return;
      case 'close':
        attached.once('data', () => client.destroy());
        return;
      case 'half body':
        attached.once('data', (head: Buffer) =>
          client.write(head.subarray(0, head.length / 2), () => client.destroy()),
        );
        return;
      case 'slow drip':
        drip(attached, client, () => moves.emit('move'));
        return;
      default:
        throw new Error(`the engine heard of a call that fails with ${failure}`);
    }
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    address: `unix://${socket}`,
    get phase() {
      return phase;
    },
    set phase(next) {
      phase = next;
    },
    seen,
    get done() {
      return done;
    },
    onMove(listener) {
      moves.on('move', listener);
      return () => moves.off('move', listener);
    },
    heal() {
      healed = true;
    },
    async close() {
      const closed = once(server, 'close');
      // Nobody comes any more, before those that are there go.
      server.close();
      for (const one of open) one.destroy();
      await closed;
      rmSync(socket, { force: true });
    },
  };
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const fields = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
  return [`${method} ${url} HTTP/1.1`, ...fields, '', ''].join('\r\n');
}

function refusal(status: number): string {
  const body = JSON.stringify({ message: 'it is refused on purpose' });
  return `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
