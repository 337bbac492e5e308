import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Relay } from './index.ts';

const open: Server[] = [];
let program: ChildProcess;
let relay: Relay;

beforeAll(() => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'program.ts')], { stdio: 'pipe' });
  program = child;
  relay = new Relay(child);
});
afterAll(async () => {
  await relay.close();
  program.kill();
  await Promise.all(open.map((server) => new Promise((resolve) => server.close(resolve))));
});

/** What listens there treats every connection so. */
async function listening(onConnection: (socket: Socket) => void): Promise<URL> {
  const server = createServer({ allowHalfOpen: true }, onConnection);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
}

/** What comes for these bytes and the end of them, and how the connection ended. */
async function asked(address: string, bytes: Buffer): Promise<{ came: Buffer; failed: boolean }> {
  const parts: Buffer[] = [];
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', () => undefined);
    socket.on('close', (failed) => resolve({ came: Buffer.concat(parts), failed }));
    socket.end(bytes);
  });
}

it('carries bytes as they are, to the end of each side', async () => {
  const way = await relay.way(
    await listening((socket) => {
      const parts: Buffer[] = [];
      socket.on('data', (part: Buffer) => parts.push(part));
      socket.on('end', () => socket.end(Buffer.concat(parts).reverse()));
    }),
  );
  const bytes = Buffer.from(Array.from({ length: 500_000 }, (_, index) => (index * 31) % 256));
  const answers = await Promise.all([asked(way, bytes), asked(way, Buffer.from('two'))]);
  expect(answers.map(({ failed }) => failed)).toEqual([false, false]);
  expect(answers[0]?.came.equals(Buffer.from(bytes).reverse())).toBe(true);
  expect(answers[1]?.came.toString()).toBe('owt');
});

it('cuts a connection that is cut there, and one that nobody takes', async () => {
  const cut = await relay.way(await listening((socket) => socket.once('data', () => socket.resetAndDestroy())));
  const gone = await listening(() => undefined);
  await new Promise((resolve) => open.pop()?.close(resolve));
  for (const way of [cut, await relay.way(gone)])
    expect(await asked(way, Buffer.from('x'))).toMatchObject({ came: Buffer.alloc(0), failed: true });
});

it('lets the other side know that who asked has gone', async () => {
  let tell = (): void => undefined;
  const left = new Promise<void>((resolve) => (tell = resolve));
  const way = await relay.way(
    await listening((socket) => {
      socket.on('error', () => undefined).on('end', () => socket.end());
      socket.on('close', () => tell());
      socket.resume();
    }),
  );
  const socket = connect(Number(new URL(way).port), '127.0.0.1');
  socket.once('connect', () => socket.write('x', () => socket.destroy()));
  await left;
});
