import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Docker from 'dockerode';
import { expect, it, onTestFinished } from 'vitest';
import { LIMIT_MS, engineCall } from './call.ts';
import { connect } from './endpoint.ts';
import { signalled, withSignal } from './signalled.ts';

/** A client of an engine that answers everything so. */
async function engineThat(answers: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answers(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return connect({ kind: 'http', host: '127.0.0.1', port: (server.address() as AddressInfo).port });
}

const body = '{"Id":"1"}';

it.each<[string, (response: ServerResponse) => void]>([
  [
    'a body of a known length',
    (response) => {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.slice(0, 4), () => response.destroy());
    },
  ],
  ['a body in chunks', (response) => response.write(body.slice(0, 4), () => response.destroy())],
  [
    'a refusal',
    (response) => {
      response.writeHead(500, { 'content-length': 100 });
      response.write('{"mess', () => response.destroy());
    },
  ],
  ['the head', (response) => response.socket?.write('HTTP/1.1 20', () => response.destroy())],
])('a call whose connection is cut in the middle of %s fails at once', async (_, answers) => {
  const docker = await engineThat(answers);
  // Far beyond the time of a test: the deadline is not what ends it.
  const call = engineCall('Looking at it', 3_600_000, undefined, (abortSignal) =>
    docker.getContainer('x').inspect(withSignal({}, abortSignal)),
  );
  await expect(call).rejects.toMatchObject({
    kind: 'no-engine',
    message: expect.stringContaining('ECONNRESET') as unknown,
  });
});

it('an answer that comes whole is what it was', async () => {
  const docker = await engineThat((response) => {
    for (const character of body) response.write(character);
    response.end();
  });
  expect(await docker.getContainer('x').inspect()).toEqual({ Id: '1' });
});

it('a refusal keeps its status and its words', async () => {
  const docker = await engineThat((response) => response.writeHead(409).end('{"message":"it is busy"}'));
  const call = engineCall('Looking at it', LIMIT_MS.ask, undefined, () => docker.getContainer('x').inspect());
  await expect(call).rejects.toMatchObject({ message: 'Looking at it: it is busy', cause: { statusCode: 409 } });
});

const calls: [string, (docker: Docker, abortSignal: AbortSignal) => Promise<unknown>][] = [
  ['a container', (docker, abortSignal) => docker.getContainer('x').inspect({ abortSignal })],
  ['an image', (docker, abortSignal) => docker.getImage('x').inspect(withSignal({}, abortSignal))],
  ['an image to be removed', (docker, abortSignal) => docker.getImage('x').remove({ abortSignal })],
  ['a volume', (docker, abortSignal) => docker.getVolume('x').inspect({ abortSignal })],
  ['a volume to be made', (docker, abortSignal) => docker.createVolume({ Name: 'x', abortSignal })],
  ['a network to be removed', (docker, abortSignal) => docker.getNetwork('x').remove({ abortSignal })],
  ['what the engine is', (docker, abortSignal) => signalled(docker).info({ abortSignal })],
  [
    'statistics',
    (docker, abortSignal) => docker.getContainer('x').stats(withSignal({ stream: false as const }, abortSignal)),
  ],
  ['all containers', (docker, abortSignal) => docker.listContainers({ abortSignal })],
  ['all images', (docker, abortSignal) => docker.listImages({ abortSignal })],
];

it.each(
  calls.flatMap(([what, ask]) =>
    (['does not begin', 'does not end'] as const).map((how): [string, string, typeof ask] => [what, how, ask]),
  ),
)('a call for %s whose answer %s lets go of the connection at its deadline', async (_, how, ask) => {
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (closed = resolve));
  const docker = await engineThat((response) => {
    response.on('close', closed);
    if (how === 'does not end') response.write(body.slice(0, 4));
  });
  // Long enough for the question to come there on a machine that does other things too.
  await expect(engineCall('Asking', 200, undefined, (signal) => ask(docker, signal))).rejects.toMatchObject({
    kind: 'timeout',
  });
  await gone;
});
