import net from 'node:net';
import { EngineError } from './errors.ts';

/** Below the range systems take outgoing ports from: a stopped unit's port must not be given to a client meanwhile. */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;

const taken = new Set<number>();

/** Whether 127.0.0.1:`port` can be listened on now. */
export async function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Finds `count` free loopback ports and keeps them from being found again by this process until `releasePorts`. */
export async function reservePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  const size = LAST_PORT - FIRST_PORT + 1;
  let port = FIRST_PORT + Math.floor(Math.random() * size);
  for (let tried = 0; tried < size && found.length < count; tried += 1) {
    port = port >= LAST_PORT ? FIRST_PORT : port + 1;
    if (taken.has(port)) continue;
    taken.add(port);
    if (await portIsFree(port)) found.push(port);
    else taken.delete(port);
  }
  if (found.length < count) {
    releasePorts(found);
    throw new EngineError(
      'port-taken',
      `There are not ${count} free ports between ${FIRST_PORT} and ${LAST_PORT} on 127.0.0.1`,
    );
  }
  return found;
}

/** Takes exactly this loopback port. Throws `EngineError` kind `port-taken` when something listens on it. */
export async function reserveWantedPort(port: number): Promise<number> {
  if (taken.has(port) || !(await portIsFree(port))) throw portTaken(port);
  taken.add(port);
  return port;
}

export function releasePorts(ports: readonly number[]): void {
  for (const port of ports) taken.delete(port);
}

export function portTaken(port: number, cause?: unknown): EngineError {
  return new EngineError('port-taken', `Port ${port} of 127.0.0.1 is taken by another program`, {
    nextStep: 'Choose another port, or leave it out for any free one.',
    cause,
  });
}
