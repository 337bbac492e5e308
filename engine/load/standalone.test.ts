import { createServer } from 'node:net';
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
