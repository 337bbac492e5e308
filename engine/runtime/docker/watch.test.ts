import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Docker from 'dockerode';
import { expect, it, onTestFinished } from 'vitest';
import { LABEL } from '../labels.ts';
import { SiteWatch } from './watch.ts';

const madeS = 1_700_000_000;
const networks = [{ Id: 'n', Name: 'n', Created: new Date(madeS * 1000 + 250).toISOString() }];

const event = (action: string, atS: number, label = ''): string =>
  `${JSON.stringify({
    Action: action,
    timeNano: (madeS + atS) * 1e9,
    Actor: { ID: 'c', Attributes: { [LABEL.site]: 'site', [LABEL.unit]: 'unit', label } },
  })}\n`;

/** A site on an engine each of whose streams of events brings the next of these and then breaks; the last one stays. */
async function watching(streams: string[][], listed: unknown[] = networks) {
  const since: (string | null)[] = [];
  let open: ServerResponse | undefined;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://engine');
    if (!url.pathname.endsWith('/events')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(url.pathname.endsWith('/networks') ? listed : []));
      return;
    }
    const told = streams[since.length] ?? [];
    since.push(url.searchParams.get('since'));
    response.flushHeaders();
    for (const one of told) response.write(one);
    if (since.length < streams.length) response.end();
    else open = response;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ended = new AbortController();
  onTestFinished(() => {
    ended.abort();
    server.closeAllConnections();
    server.close();
  });
  const docker = new Docker({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, protocol: 'http' });
  const events: string[] = [];
  const watch = new SiteWatch(docker, 'site', ended.signal, ({ action, atMs }) =>
    events.push(`${action} ${atMs / 1000 - madeS}`),
  );
  await watch.start();
  return { since, events, tell: (one: string) => open?.write(one) };
}

it('asks from now on first, and what went by in a break before the first event is not lost', async () => {
  const { since, events } = await watching([[], [event('die', 3)]]);
  await expect.poll(() => events).toEqual(['die 3']);
  expect(since).toEqual([null, `${madeS - 10}`]);
});

it('loses nothing after a clock that was set back, and tells nothing twice', async () => {
  const first = [event('die', 100), event('start', 90)];
  const { events } = await watching([
    first,
    [...first, event('die', 95)],
    [...first, event('die', 95), event('start', 40)],
  ]);
  await expect.poll(() => events).toEqual(['die 100', 'start 90', 'die 95', 'start 40']);
});

it('asks for what an engine may have told by any clock that it had', async () => {
  const { since, events } = await watching([[event('die', 100), event('start', -50)], [event('die', -55)]]);
  await expect.poll(() => events).toEqual(['die 100', 'start -50', 'die -55']);
  expect(since).toEqual([null, `${madeS - 60}`]);
});

it('tells twice what happened twice in a moment of a coarse clock', async () => {
  const { events } = await watching([
    [event('die', 1), event('die', 1)],
    [event('die', 1), event('die', 1), event('die', 1)],
  ]);
  await expect.poll(() => events).toEqual(['die 1', 'die 1', 'die 1']);
});

it('hears of a container with labels of any length', async () => {
  const { events } = await watching([[event('die', 1, 'x'.repeat(100_000)), event('start', 2)]]);
  await expect.poll(() => events).toEqual(['die 1', 'start 2']);
});

it('goes on from now where an engine says nothing of when the site was made', async () => {
  const { since, events, tell } = await watching([[], []], [{ Id: 'n', Name: 'n', Created: '0001-01-01T00:00:00Z' }]);
  await expect.poll(() => since).toEqual([null, null]);
  tell(event('die', 1));
  await expect.poll(() => events).toEqual(['die 1']);
});
