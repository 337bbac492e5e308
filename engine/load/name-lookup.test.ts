import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { lookupOf } from './name-lookup.ts';

let close: () => void = () => undefined;
afterEach(() => close());

/** A name server that knows names that begin with `there`, and never answers for others, as an engine's does where nobody answers it. */
async function nameServer() {
  const asked: string[] = [];
  const server = createSocket('udp4');
  server.on('message', (query, from) => {
    const end = query.indexOf(0, 12);
    const name = query
      .subarray(13, end)
      .toString('latin1')
      .replaceAll(/[^a-z0-9]/g, '.');
    asked.push(name);
    if (!name.startsWith('there')) return;
    const question = query.subarray(12, end + 5);
    const header = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 10, 1, 2, 3]);
    server.send(Buffer.concat([header, question, answer]), from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const resolver = new Resolver({ timeout: 60_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  close = () => {
    resolver.cancel();
    server.close();
  };
  return { asked, lookup: lookupOf(resolver) };
}

const addressOf = (lookup: ReturnType<typeof lookupOf>, name: string): Promise<unknown> =>
  new Promise((resolve) => lookup(name, { all: true }, (error, addresses) => resolve(error?.code ?? addresses)));

it('finds a name that is there while nobody answers for twenty that are not', async () => {
  const { lookup } = await nameServer();
  let given = 0;
  for (let index = 0; index < 20; index += 1) void addressOf(lookup, `gone${index}.shop`).then(() => (given += 1));
  expect(await addressOf(lookup, 'there.shop')).toEqual([{ address: '10.1.2.3', family: 4 }]);
  expect(given).toBe(0);
});

it('asks once for a name that is asked for again at once, and gives one address to who wants one', async () => {
  const { lookup, asked } = await nameServer();
  await addressOf(lookup, 'there.shop');
  const one = await new Promise((resolve) =>
    lookup('there.shop', {}, (_error, address, family) => resolve([address, family])),
  );
  expect(one).toEqual(['10.1.2.3', 4]);
  expect(asked).toEqual(['there.shop']);
});

it('needs no server for this machine', async () => {
  const { lookup, asked } = await nameServer();
  expect(await addressOf(lookup, 'localhost')).toEqual([
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]);
  expect(asked).toEqual([]);
});
