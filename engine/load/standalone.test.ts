import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { runStandaloneLoad } from './standalone.ts';
import { startServer } from './testing.ts';

const short = { ratePerSecond: 200, durationS: 0.3, arrivals: 'constant', seed: 1 } as const;

async function loadOf(handle: Parameters<typeof startServer>[0]) {
  const server = await startServer(handle);
  onTestFinished(() => server.close());
  return runStandaloneLoad({ ...short, url: server.url });
}

/** A port on which nothing listens any more. */
async function refusingUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

it('takes what looks like a variable as it stands', async () => {
  const asked = new Set<string | undefined>();
  const server = await startServer((request, _body, response) => {
    asked.add(request.url);
    response.end('{}');
  });
  onTestFinished(() => server.close());
  const report = await runStandaloneLoad({ ...short, url: `${server.url}/\${a}?b=\${c}&d={}` });
  expect(report.good).toBe(60);
  expect([...asked].map((url) => decodeURIComponent(url ?? ''))).toEqual(['/${a}?b=${c}&d={}']);
});

const hasSecondAddress = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

it.skipIf(!hasSecondAddress)('finds a server of this machine on either of its addresses', async () => {
  const server = createServer((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  );
  await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://localhost:${typeof address === 'object' ? address?.port : 0}/`;
  expect((await runStandaloneLoad({ ...short, url })).good).toBe(60);
});

it('bounds nothing where everything is answered', async () => {
  const report = await loadOf((_request, _body, response) => response.end('{}'));
  expect(report).toMatchObject({ scheduled: 60, good: 60, onlyAtLeast: [], fewSamples: ['p90', 'p99', 'p999'] });
  for (const times of [report.responseTimeMs, report.serviceTimeMs])
    expect(Object.values(times).every((ms) => ms !== null && ms > 0)).toBe(true);
});

it('says of a port that refuses everything that nothing but lower bounds is known', async () => {
  const report = await runStandaloneLoad({ ...short, url: await refusingUrl() });
  expect(report).toMatchObject({ good: 0, onlyAtLeast: ['p50', 'p90', 'p99', 'p999', 'max'] });
  // Not sent anywhere: not even a bound above zero.
  expect(report.serviceTimeMs).toEqual({ p50: 0, p90: 0, p99: 0, p999: 0, max: 0 });
});

it('ranks failures behind all answers, however fast they were, in both times', async () => {
  let count = 0;
  const report = await loadOf((_request, _body, response) => {
    // One in five.
    response.statusCode = ++count % 5 === 0 ? 500 : 200;
    response.end('{}');
  });
  expect(report.errors.status).toBe(12);
  expect(report.onlyAtLeast).toEqual(['p90', 'p99', 'p999', 'max']);
  expect(report.fewSamples).toEqual(['p90', 'p99', 'p999']);
  const { p50, p90, p99, max } = report.serviceTimeMs;
  // The slowest answer is all that is known of what comes behind.
  expect([p90, p99]).toEqual([max, max]);
  expect(p50).toBeGreaterThan(0);
});
