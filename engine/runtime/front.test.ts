import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Front } from './front.ts';

const servers: http.Server[] = [];
const fronts: Front[] = [];
afterEach(async () => {
  await Promise.all(fronts.splice(0).map((front) => front.close()));
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function instance(name: string): Promise<number> {
  const server = http.createServer((_request, response) => response.end(name));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as net.AddressInfo).port;
}

function newFront(): Front {
  const front = new Front();
  fronts.push(front);
  return front;
}

const ask = async (url: string): Promise<string> =>
  (await fetch(url, { headers: { connection: 'close' } })).text().catch(String);

describe('the address for people', () => {
  it('stays while instances come and go, and gives connections to them in turn', async () => {
    const front = newFront();
    const url = await front.at(0);
    expect(await front.at(0)).toBe(url);
    const [one, other] = [await instance('one'), await instance('other')];
    front.lead([one]);
    expect(await ask(url)).toBe('one');
    front.lead([one, other]);
    const answers = [await ask(url), await ask(url), await ask(url), await ask(url)];
    expect(answers.toSorted()).toEqual(['one', 'one', 'other', 'other']);
    front.lead([other]);
    expect([await ask(url), await ask(url)]).toEqual(['other', 'other']);
  });

  it('passes over an instance where nothing listens, and refuses where nothing does', async () => {
    const front = newFront();
    const url = await front.at(0);
    const dead = await instance('dead');
    const alive = await instance('alive');
    const [server] = servers;
    server?.close();
    if (server !== undefined) await once(server, 'close');
    front.lead([dead, alive]);
    expect([await ask(url), await ask(url)]).toEqual(['alive', 'alive']);
    front.lead([dead]);
    await expect(ask(url)).rejects.toThrow('fetch failed');
    front.lead([]);
    await expect(ask(url)).rejects.toThrow('fetch failed');
  });

  it('says when its port is taken, and may be asked again', async () => {
    const blocker = net.createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as net.AddressInfo;
    const front = newFront();
    await expect(front.at(port)).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken by another program`);
    blocker.close();
    await once(blocker, 'close');
    expect(await front.at(port)).toBe(`http://127.0.0.1:${port}`);
  });

  it('ends its connections when it is closed', async () => {
    const front = newFront();
    const url = new URL(await front.at(0));
    front.lead([await instance('one')]);
    const socket = net.connect(Number(url.port), url.hostname);
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await front.close();
    await closed;
    await front.close();
  });
});
