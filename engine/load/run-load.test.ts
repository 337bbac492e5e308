import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import {
  addCounts,
  decodeHistogram,
  decodeTimes,
  emptyCounts,
  errorCount,
  loadMeasurementSchema,
  loadSliceSchema,
  mergeTimes,
  quantileMs,
  rankedQuantile,
  type EndpointLoad,
  type LoadPlan,
  type LoadSlice,
} from '../model/index.ts';
import { arrivalTimes, planDurationMs } from './arrivals.ts';
import { LoadRun } from './load-run.ts';
import type { Pacer } from './pacer.ts';
import { runLoad } from './run-load.ts';
import { startServer, testPlan, type TestServer } from './testing.ts';

const servers: TestServer[] = [];
const serve: typeof startServer = async (handle) => {
  const server = await startServer(handle);
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function load(plan: LoadPlan, signal?: AbortSignal) {
  const slices: LoadSlice[] = [];
  const measurement = await runLoad(plan, { signal, onSlice: (slice) => slices.push(loadSliceSchema.parse(slice)) });
  return { measurement: loadMeasurementSchema.parse(measurement), slices };
}

/** What must hold of every load, whatever the server does. */
function expectConsistent({ measurement, slices }: Awaited<ReturnType<typeof load>>): void {
  expect(slices.map((slice) => slice.index)).toEqual(slices.map((_, index) => index));
  for (const [name, endpoint] of Object.entries(measurement.endpoints)) {
    const { good, late, dropped, errors, scheduled } = endpoint;
    expect(good + late + dropped + errorCount(errors)).toBe(scheduled);
    expect(decodeTimes(endpoint).answers.totalCount).toBe(good + late);
    const times = decodeTimes({ ...endpoint, punctualTime: null });
    expect(times.answers.totalCount).toBe(good + late);
    expect(times.failures?.totalCount).toBe(scheduled - good - late);
    expect(decodeHistogram(endpoint.serviceTime).totalCount).toBe(good + late);
    const parts = slices.map((slice) => slice.endpoints[name]).filter((part) => part !== undefined);
    expect(parts.reduce((sum, part) => addCounts(sum, part), emptyCounts())).toEqual({
      scheduled,
      good,
      late,
      dropped,
      errors,
    });
    expect(rankedQuantile(mergeTimes(parts.map((part) => decodeTimes(part))), 0.5)).toEqual(rankedQuantile(times, 0.5));
  }
}

const endpoint = (result: Awaited<ReturnType<typeof load>>, name = 'page'): EndpointLoad => {
  const found = result.measurement.endpoints[name];
  if (found === undefined) throw new Error(`no endpoint ${name}`);
  return found;
};

function arrivalCount(plan: LoadPlan): number {
  const next = arrivalTimes(plan);
  let count = 0;
  while (Number.isFinite(next())) count++;
  return count;
}

test('every planned arrival is sent once and counted once', async () => {
  let served = 0;
  const server = await serve((_request, _body, response) => {
    served++;
    response.end('ok');
  });
  const plan = testPlan(server.url);
  const result = await load(plan);
  expectConsistent(result);
  expect(endpoint(result)).toMatchObject({ scheduled: arrivalCount(plan), good: served });
  expect(served).toBe(arrivalCount(plan));
  expect(result.measurement.journeys).toEqual({ visit: { scheduled: served, good: served } });
  expect(result.measurement.durationMs).toBeCloseTo(planDurationMs(plan), 6);
  expect(result.slices).toHaveLength(3);
  expect(result.measurement.bytesReceived).toBeGreaterThan(served * 50);
});

test('journeys carry drawn and captured values, and every load of a seed carries the same', async () => {
  const seen: string[][] = [];
  const server = await serve((request, body, response) => {
    seen.at(-1)?.push(`${request.method} ${request.url} ${String(request.headers['x-key'] ?? '')} ${body}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ cart: { id: `c-${request.url?.split('/').at(-1)}` } }));
  });
  const journeys = {
    buy: {
      title: 'Buy',
      weight: 1,
      draw: {
        product: { kind: 'integer', min: 1, max: 1000 },
        key: { kind: 'uuid' },
        colour: { kind: 'choice', values: ['red', 'dark blue'] },
      },
      steps: [
        {
          endpoint: 'add',
          path: '/add/${product}',
          body: { n: '${product}', colour: '${colour}' },
          expect: { fields: ['cart'] },
          capture: { cart: 'cart.id' },
        },
        {
          endpoint: 'order',
          path: '/order/${cart}?c=${colour}',
          headers: { 'X-Key': '${key}' },
          expect: {},
          ledger: { key: '${key}' },
        },
      ],
    },
  };
  const plan = testPlan(server.url, {
    journeys,
    stages: [{ journeysPerSecond: 100, durationMs: 200 }],
    methods: { order: 'PUT' },
    ledger: true,
  });
  for (const salt of ['a', 'a', 'b']) {
    seen.push([]);
    const result = await load({ ...plan, identitySalt: salt });
    expectConsistent(result);
    expect(endpoint(result, 'order').good).toBe(arrivalCount(plan));
    expect(result.measurement.ledger).toHaveLength(arrivalCount(plan));
    expect(result.measurement.ledger.every((entry) => entry.outcome === 'acknowledged' && entry.status === 200)).toBe(
      true,
    );
  }
  const [first, again, salted] = seen.map((requests) => [...requests].sort());
  expect(first?.some((line) => /^POST \/add\/(\d+) {2}\{"n":\1,"colour":"(red|dark blue)"\}$/.test(line))).toBe(true);
  expect(first?.some((line) => /^PUT \/order\/c-\d+\?c=(red|dark%20blue) [0-9a-f-]{36} $/.test(line))).toBe(true);
  expect(again).toEqual(first);
  const withoutKeys = (lines: string[] | undefined) => lines?.map((line) => line.replace(/[0-9a-f-]{36}/, '')).sort();
  expect(withoutKeys(salted)).toEqual(withoutKeys(first));
  expect(salted).not.toEqual(first);
});

test('what is not expected is counted by kind, and ends its journey', async () => {
  let count = 0;
  const server = await serve((_request, _body, response) => {
    count++;
    if (count % 3 === 0) response.statusCode = 503;
    response.end(count % 3 === 1 ? '{"id":1}' : '{"other":1}');
  });
  const step = { path: '/', expect: { fields: ['id'] } };
  const journeys = {
    two: {
      title: 'Two',
      weight: 1,
      steps: [
        { ...step, endpoint: 'page', ledger: { key: 'k' } },
        { ...step, endpoint: 'second' },
      ],
    },
  };
  const plan = testPlan(server.url, { journeys, maxConnections: 1, ledger: true });
  const result = await load(plan);
  expectConsistent(result);
  const first = endpoint(result);
  const second = endpoint(result, 'second');
  expect(first.errors.status).toBeGreaterThan(0);
  expect(first.errors.shape).toBeGreaterThan(0);
  expect(second.scheduled).toBe(first.good);
  expect(result.measurement.skippedSteps).toBe(first.scheduled - first.good);
  // What was not reached stands in the slice of the request that kept it away.
  for (const { endpoints } of result.slices) {
    const page = endpoints['page'];
    expect(endpoints['second']?.notReached ?? 0).toBe(page === undefined ? 0 : page.scheduled - page.good);
  }
  const outcomes = new Map<string, number>();
  for (const { outcome } of result.measurement.ledger) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  expect(outcomes.get('indeterminate') ?? 0).toBe(first.errors.status);
  expect(outcomes.get('acknowledged') ?? 0).toBe(first.good + first.errors.shape);
});

test('an answer that never comes is a timeout at its age, also for what waits in line behind it', async () => {
  const server = await serve(() => {});
  const result = await load(testPlan(server.url, { deadlineMs: 150, maxConnections: 4 }));
  expectConsistent(result);
  const { scheduled, errors, failureAge } = endpoint(result);
  expect(errors.timeout).toBe(scheduled);
  expect(quantileMs(decodeHistogram(failureAge ?? ''), 0)).toBeGreaterThanOrEqual(149);
  expect(result.measurement.skippedSteps).toBe(0);
});

test('a closed port is refused, a connection cut short is reset, nonsense is other', async () => {
  const refused = await serve((_request, _body, response) => response.end());
  await refused.close();
  const nobody = endpoint(await load(testPlan(refused.url)));
  expect(nobody.errors.refused).toBe(nobody.scheduled);

  for (const [kind, bytes] of [
    ['reset', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'],
    ['other', 'nonsense\r\n\r\n'],
  ] as const) {
    const raw = createServer((socket) => {
      socket.once('data', () => socket.end(bytes));
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const address = raw.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const result = await load(testPlan(`http://127.0.0.1:${port}`));
    raw.close();
    expectConsistent(result);
    expect(endpoint(result).errors[kind]).toBe(endpoint(result).scheduled);
  }
});

test('a load that is stopped has no later arrivals and settles what is under way', async () => {
  const controller = new AbortController();
  let served = 0;
  const server = await serve((_request, _body, response) => {
    if (++served === 20) controller.abort();
    response.end('ok');
  });
  const plan = testPlan(server.url, { stages: [{ journeysPerSecond: 400, durationMs: 60_000 }] });
  const result = await load(plan, controller.signal);
  expectConsistent(result);
  expect(result.measurement.durationMs).toBeLessThan(30_000);
  expect(endpoint(result)).toMatchObject({ good: served, scheduled: served });
});

test('an alarm that rings too early leaves no journey waiting for another', async () => {
  const server = await serve((_request, _body, response) => response.end('ok'));
  const plan = testPlan(server.url, { stages: [{ journeysPerSecond: 5, durationMs: 400 }], arrivals: 'constant' });
  // Rings once for each arrival, all at once and at the very beginning, as if its clock were far ahead.
  const hasty: Pacer = {
    kind: 'thread',
    start(next, onWake) {
      while (Number.isFinite(next())) onWake();
      return 0;
    },
    passed: () => {},
    lostMs: () => 0,
    close: () => Promise.resolve(),
  };
  const measurement = await new LoadRun(plan, hasty, {}).run();
  expect(measurement.journeys['visit']).toEqual({ scheduled: arrivalCount(plan), good: arrivalCount(plan) });
});

test('sampled journeys carry one trace id through all their requests', async () => {
  const parents: string[] = [];
  const server = await serve((request, _body, response) => {
    const header = request.headers['traceparent'];
    if (typeof header === 'string') parents.push(header);
    response.end('ok');
  });
  const step = { endpoint: 'page', path: '/', expect: {} };
  const journeys = { two: { title: 'Two', weight: 1, steps: [step, step] } };
  const plan = testPlan(server.url, { journeys, traceShare: 0.5 });
  const { measurement } = await load(plan);
  expect(parents.every((parent) => /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(parent))).toBe(true);
  const ids = new Set(parents.map((parent) => parent.split('-')[1]));
  expect(parents).toHaveLength(ids.size * 2);
  const share = ids.size / (measurement.journeys['two']?.scheduled ?? 0);
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});

test('tells the failed requests of sampled journeys one by one, with the trace that was sent', async () => {
  const failed: string[] = [];
  let asked = 0;
  const server = await serve((request, _body, response) => {
    const trace = String(request.headers['traceparent']).split('-')[1];
    if (trace !== undefined && asked++ % 3 === 0) {
      failed.push(trace);
      response.statusCode = 500;
    }
    response.end('ok');
  });
  const { measurement } = await load(testPlan(server.url, { traceShare: 1 }));
  expect(measurement.failures?.map(({ traceId }) => traceId).toSorted()).toEqual(failed.toSorted());
  for (const { endpoint, outcome, startedAtMs, endedAtMs } of measurement.failures ?? []) {
    expect([endpoint, outcome]).toEqual(['page', 'status']);
    expect(endedAtMs).toBeGreaterThanOrEqual(startedAtMs);
  }
  const { measurement: untold } = await load(testPlan(server.url));
  expect(untold.failures).toBeUndefined();
});

/** Ids that a client cannot put into a request, and one that it can. */
const ids = {
  'cut inside an emoji': '"a\\ud83d"',
  'the second half of one': '"\\ude00b"',
  'nested too deeply': '['.repeat(200_000) + ']'.repeat(200_000),
  'well formed': '"a\\ud83d\\ude00"',
};
const useJourney = (use: object) => ({
  use: {
    title: 'Use',
    weight: 1,
    steps: [
      { endpoint: 'page', path: '/', expect: {}, capture: { id: 'id' } },
      { endpoint: 'second', path: '/', expect: {}, ...use },
    ],
  },
});

test.each([
  ['the target', { path: '/use/${id}' }],
  ['a header', { headers: { 'x-id': '${id}' } }],
  ['the body', { body: { id: '${id}' } }],
  ['a text in the body', { body: { id: 'id ${id}' } }],
])('an answer that cannot be put into %s of the next request has the wrong shape', async (_where, use) => {
  const texts = Object.values(ids);
  let served = 0;
  const server = await serve((request, _body, response) => {
    const first = request.url === '/' && request.method === 'GET' && request.headers['x-id'] === undefined;
    response.end(first ? `{"id":${texts[served++ % texts.length]}}` : '{}');
  });
  const plan = testPlan(server.url, {
    journeys: useJourney(use),
    stages: [{ journeysPerSecond: 40, durationMs: 300 }],
    maxConnections: 1,
  });
  const result = await load(plan);
  expectConsistent(result);
  const page = endpoint(result);
  const usable = Math.floor(page.scheduled / texts.length);
  expect(page).toMatchObject({ scheduled: arrivalCount(plan), good: usable });
  expect(page.errors.shape).toBe(page.scheduled - usable);
  expect(endpoint(result, 'second')).toMatchObject({ scheduled: usable, good: usable });
  expect(result.measurement.skippedSteps).toBe(page.scheduled - usable);
  expect(result.measurement.journeys['use']?.good).toBe(usable);
});

test('a load in which no answer can be used ends, and none of it is good', async () => {
  const server = await serve((_request, _body, response) => response.end(`{"id":${ids['cut inside an emoji']}}`));
  const plan = testPlan(server.url, { journeys: useJourney({ path: '/use/${id}' }) });
  const result = await load(plan);
  expectConsistent(result);
  expect(endpoint(result)).toMatchObject({ scheduled: arrivalCount(plan), good: 0 });
});

test('a request that cannot be made for any other reason is counted, and sent to nobody', async () => {
  const text = 'x'.repeat(2 ** 20);
  let served = 0;
  const server = await serve((_request, _body, response) => {
    served++;
    response.end(JSON.stringify({ id: text }));
  });
  const plan = testPlan(server.url, {
    // Together longer than a string can be.
    journeys: useJourney({ headers: { 'x-id': '${id}'.repeat(600) } }),
    stages: [{ journeysPerSecond: 20, durationMs: 50 }],
    arrivals: 'constant',
  });
  const result = await load(plan);
  expectConsistent(result);
  expect([endpoint(result, 'second').errors.other, served]).toEqual([1, 1]);
});

test('what goes wrong in the generator itself ends the load with that error', async () => {
  const server = await serve((_request, _body, response) => response.end('ok'));
  const onSlice = (): never => {
    throw new Error('the receiver is broken');
  };
  await expect(runLoad(testPlan(server.url), { onSlice })).rejects.toThrow('the receiver is broken');
});

test('a plan that cannot be used is refused in one sentence', async () => {
  const plan = testPlan('http://127.0.0.1:9');
  const step = { endpoint: 'page', path: '/${missing}', expect: {} };
  await expect(runLoad({ ...plan, journeys: { j: { title: 'J', weight: 1, steps: [step] } } })).rejects.toThrow(
    'Step 1 of the journey "j" uses ${missing}',
  );
  const draw = { name: { kind: 'choice', values: ['well', 'a\ud83d'] } };
  const drawn = { j: { title: 'J', weight: 1, draw, steps: [{ ...step, path: '/${name}' }] } };
  await expect(runLoad({ ...plan, journeys: drawn })).rejects.toThrow('well-formed Unicode');
  await expect(runLoad({ ...plan, journeys: {} })).rejects.toThrow('at least one');
  await expect(runLoad({ ...plan, baseUrl: 'https://127.0.0.1:9' })).rejects.toThrow('http://');
});
