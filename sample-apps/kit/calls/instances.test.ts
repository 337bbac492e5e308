import { describe, expect, it, type TestContext } from 'vitest';
import { hostTopology, type InProcessTopology } from '../testing/index.ts';
import { toyCuts, toyModules } from '../testing/toy-modules.ts';

async function start(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  deadlineMs = 30_000,
): Promise<InProcessTopology> {
  const settings = { resilience: { deadlineMs } };
  const topology = await hostTopology(toyModules, { cut: toyCuts.apart, settings });
  onTestFinished(() => topology.close());
  return topology;
}

async function ask(topology: InProcessTopology): Promise<number> {
  const response = await fetch(`${topology.url('asker')}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: 'double', input: { value: 21 } }),
  });
  await response.text();
  return response.status;
}
const askTimes = async (topology: InProcessTopology, count: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let call = 0; call < count; call++) statuses.push(await ask(topology));
  return statuses;
};

interface Metrics {
  inFlight: number;
  modules: { callee: { calls: number } };
}
const metrics = async (topology: InProcessTopology, instance: number): Promise<Metrics> =>
  (await topology.control('callee', 'GET', '/metrics', undefined, instance)) as Metrics;
const callsOf = async (topology: InProcessTopology, instance: number): Promise<number> =>
  (await metrics(topology, instance)).modules.callee.calls;

/** Calls into the callee's module of that instance do not return until `done`. */
async function hold(topology: InProcessTopology, instance: number): Promise<{ done: () => Promise<unknown> }> {
  const fault = { id: 'held', module: 'callee', kind: 'hang', parameters: {}, limitMs: 60_000 };
  await topology.control('callee', 'POST', '/faults', fault, instance);
  return { done: () => topology.control('callee', 'DELETE', '/faults/held', undefined, instance) };
}

describe('a unit with two instances', () => {
  it('is called at both in turn, and says which one answers', async (context) => {
    const topology = await start(context);
    expect(await topology.addInstance('callee')).toBe(1);
    await topology.tell('callee', [0, 1]);
    expect(await askTimes(topology, 6)).toEqual([200, 200, 200, 200, 200, 200]);
    expect([await callsOf(topology, 0), await callsOf(topology, 1)]).toEqual([3, 3]);
    expect(await topology.control('callee', 'GET', '/identity', undefined, 1)).toMatchObject({ instance: 1 });
  });

  it('answers every call when one is gone without a word', async (context) => {
    const topology = await start(context);
    await topology.addInstance('callee');
    await topology.tell('callee', [0, 1]);
    await askTimes(topology, 4);
    await topology.takeAway('callee', 0);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => ask(topology)));
    expect(new Set([...statuses, ...(await askTimes(topology, 5))])).toEqual(new Set([200]));
    expect(await callsOf(topology, 1)).toBe(2 + 25);
  });

  it('leaves nobody waiting for one that is held: calls go to the other', async (context) => {
    const topology = await start(context);
    await topology.addInstance('callee');
    await topology.tell('callee', [0, 1]);
    const held = await hold(topology, 0);
    const stuck = ask(topology);
    await expect.poll(() => metrics(topology, 0), { interval: 1 }).toMatchObject({ inFlight: 1 });
    // The one with a call under way is not the next.
    expect(await askTimes(topology, 4)).toEqual([200, 200, 200, 200]);
    await held.done();
    expect(await stuck).toBe(200);
  });

  it('is not called for long at one that never answers', async (context) => {
    const topology = await start(context, 100);
    await topology.addInstance('callee');
    await topology.tell('callee', [0, 1]);
    await hold(topology, 0);
    expect(new Set(await askTimes(topology, 40))).toEqual(new Set([200, 504]));
    const tried = await callsOf(topology, 0);
    expect(tried).toBeGreaterThanOrEqual(5);
    // In turn it would be every second one; after the fifth only a few are tried, the longer the fewer.
    expect(tried).toBeLessThan(12);
  });
});

describe('a list that is replaced', () => {
  it('loses no call that is under way, and is told as replaced only when they have ended', async (context) => {
    const topology = await start(context);
    await topology.addInstance('callee');
    const held = await hold(topology, 0);
    const underway = [ask(topology), ask(topology), ask(topology)];
    await expect.poll(() => metrics(topology, 0), { interval: 1 }).toMatchObject({ inFlight: 3 });
    const told: string[] = [];
    const replaced = topology.tell('callee', [1]).then(() => told.push('replaced'));
    // New ones go to the other from that moment on.
    const toTheOther = async (): Promise<number> => {
      underway.push(ask(topology));
      return callsOf(topology, 1);
    };
    await expect.poll(toTheOther, { interval: 1 }).toBeGreaterThan(0);
    // Once more is told no sooner.
    const again = topology.tell('callee', [1]).then(() => told.push('again'));
    expect(await askTimes(topology, 3)).toEqual([200, 200, 200]);
    expect(told).toEqual([]);
    await held.done();
    expect(new Set(await Promise.all(underway))).toEqual(new Set([200]));
    await Promise.all([replaced, again]);
    expect(told).toHaveLength(2);
  });

  it('holds after the process of the caller was started again', async (context) => {
    const topology = await start(context);
    await topology.addInstance('callee');
    await topology.tell('callee', [1]);
    await topology.restart('asker');
    expect(await askTimes(topology, 3)).toEqual([200, 200, 200]);
    expect([await callsOf(topology, 0), await callsOf(topology, 1)]).toEqual([0, 3]);
  });

  const url = 'http://127.0.0.1:9';
  it.for([
    ['units: ', {}],
    ['units.back: must have at least one address', { units: { back: [] } }],
    [
      'units.back: must have at most 100 addresses',
      { units: { back: Array.from({ length: 101 }, (_, i) => url + i) } },
    ],
    ['units.back: must not have an address twice', { units: { back: [url, url] } }],
    ['units.back: ', { units: { back: url } }],
    ['units.back.1: must be the address of a server, like http://name:80', { units: { back: [url, 'nowhere'] } }],
    ['units.back.0: must be the address of a server, like http://name:80', { units: { back: ['ftp://name'] } }],
    ['units.back.0: must be the address of a server, like http://name:80', { units: { back: [`${url}/path`] } }],
    ['units: there is no unit "nobody"; there are front, back', { units: { back: [url], nobody: [url] } }],
    ['body: ', { units: { back: [url] }, more: 1 }],
    ['body: ', 'text'],
  ] as const)('is refused, and nothing is replaced: %s', async ([message, body], context) => {
    const topology = await start(context);
    const answer = await topology.control('asker', 'PUT', '/addresses', body);
    expect(answer).toMatchObject({ error: { code: 'bad-input', retryable: false } });
    const said = (answer as { error: { message: string } }).error.message;
    expect(said.slice(0, message.length)).toBe(message);
    expect(said).not.toMatch(/\n/);
    expect(await ask(topology)).toBe(200);
  });
});
