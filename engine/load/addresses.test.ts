import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { AddressList, runLoad } from './index.ts';
import { startServer, testPlan, type TestServer } from './testing.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server that counts what it is asked; `answer` sends the answers. */
async function counting(answer: (response: ServerResponse) => void = (response) => void response.end('{}')) {
  const seen = { requests: 0 };
  const server = await startServer((_request, _body, response) => {
    seen.requests += 1;
    answer(response);
  });
  servers.push(server);
  return { ...server, seen };
}

const good = (endpoints: Awaited<ReturnType<typeof runLoad>>['endpoints']) => endpoints['page']?.good;

test('requests go to all addresses in like parts', async () => {
  const [one, other] = [await counting(), await counting()];
  const load = await runLoad(testPlan(one.url), { addresses: new AddressList([one.url, other.url]) });
  const total = one.seen.requests + other.seen.requests;
  expect(good(load.endpoints)).toBe(total);
  expect(Math.min(one.seen.requests, other.seen.requests) / total).toBeGreaterThan(0.3);
});

test('an address where nothing listens costs no request while there is another, and all where there is none', async () => {
  const [here, gone] = [await counting(), await counting()];
  await gone.close();
  const both = await runLoad(testPlan(here.url), { addresses: new AddressList([gone.url, here.url]) });
  expect(good(both.endpoints)).toBe(here.seen.requests);
  expect(both.endpoints['page']).toMatchObject({ errors: { refused: 0, reset: 0 } });
  const alone = await runLoad(testPlan(gone.url), { addresses: new AddressList([gone.url]) });
  expect(good(alone.endpoints)).toBe(0);
  expect(alone.endpoints['page']?.errors.refused).toBeGreaterThan(0);
});

test('a load is led from one address to another without losing a request, and the old one is left when its last answer has come', async () => {
  const waiting: (() => void)[] = [];
  let holds = true;
  let full: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (full = resolve));
  const old = await counting((response) => {
    if (!holds) return void response.end('{}');
    waiting.push(() => response.end('{}'));
    if (waiting.length === 5) full();
  });
  const fresh = await counting();
  const addresses = new AddressList([old.url]);
  const running = runLoad(testPlan(old.url), { addresses });
  await held;
  const order: string[] = [];
  const left = addresses.replace([fresh.url]).then(() => order.push('left'));
  const underWay = waiting.length;
  order.push('answers');
  holds = false;
  for (const answer of waiting) answer();
  await left;
  expect(order).toEqual(['answers', 'left']);
  const afterwards = old.seen.requests;
  const load = await running;
  expect(old.seen.requests).toBe(afterwards);
  expect(underWay).toBeGreaterThanOrEqual(5);
  expect(good(load.endpoints)).toBe(old.seen.requests + fresh.seen.requests);
  expect(fresh.seen.requests).toBeGreaterThan(0);
});

test('few connections are enough for several addresses, and one that is idle elsewhere serves when no more may be opened', async () => {
  const [one, other] = [await counting(), await counting()];
  const addresses = new AddressList([one.url, other.url]);
  // One request at a time: each address needs one connection. Turns that miss the idle one would open a new one each time, until none may be opened.
  for (const maxConnections of [1, 2, 3]) {
    const asked = one.seen.requests + other.seen.requests;
    const load = await runLoad(testPlan(one.url, { maxConnections, deadlineMs: 2000 }), { addresses });
    expect(good(load.endpoints), `with ${maxConnections}`).toBe(load.endpoints['page']?.scheduled);
    expect(one.seen.requests + other.seen.requests - asked).toBe(load.endpoints['page']?.scheduled);
  }
});
