import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Docker from 'dockerode';
import { expect, it, onTestFinished } from 'vitest';
import { fakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { attach, createNetworks } from './networks.ts';

/** The bodies with which an engine is asked for networks. */
async function asked(closedEdge: boolean): Promise<Map<string, object>> {
  const bodies = new Map<string, object>();
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const body = JSON.parse(text) as { Name: string };
      bodies.set(body.Name, body);
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ Id: body.Name }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const docker = new Docker({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, protocol: 'http' });
  await createNetworks(docker, 'x', { labels: {}, closedEdge });
  return bodies;
}

it('nothing leads out of the network inside, nor of the published one where the engine can keep it so', async () => {
  const closed = await asked(true);
  expect(closed.get('cleave-x-inside')).toMatchObject({ Internal: true });
  expect(closed.get('cleave-x-edge')).toMatchObject({
    Internal: false,
    Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
  });
  expect((await asked(false)).get('cleave-x-edge')).not.toHaveProperty('Options');
});

/** Attaches a container on an engine that refuses so. */
async function attaching(status: number, message: string): Promise<void> {
  const engine = await fakeEngine([], () => ({ status, body: { message } }));
  onTestFinished(() => engine.close());
  await attach(connect(parseEndpoint(engine.address)).getNetwork('n'), 'one', ['shop'], undefined);
}

it.each([
  [403, 'endpoint with name cleave-x-shop-1 already exists in network cleave-x-inside'],
  [409, 'container one is already connected to network "cleave-x-inside"'],
])('a container that is in a network already is attached: %i, %s', async (status, message) => {
  await attaching(status, message);
});

it.each([
  [403, 'authorization denied by plugin'],
  [409, 'network cleave-x-inside is being removed'],
])('a refusal with the same number is a failure: %i, %s', async (status, message) => {
  await expect(attaching(status, message)).rejects.toThrow(`Connecting a unit to its network: ${message}`);
});
