import { expect, it, type TestContext } from 'vitest';
import { hostTopology, type HostedTopology } from '../testing/index.ts';
import { toyCuts, toyModules } from '../testing/toy-modules.ts';

async function start({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<HostedTopology> {
  const topology = await hostTopology(toyModules, {
    cut: toyCuts.together,
    settings: { resilience: { deadlineMs: 30_000 } },
  });
  onTestFinished(() => topology.close());
  return topology;
}

const ask = (topology: HostedTopology, operation: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${topology.url('asker')}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, input: { value: 1 } }),
    signal: signal ?? null,
  });
const inFlight = async (topology: HostedTopology): Promise<number> =>
  ((await topology.control('asker', 'GET', '/metrics')) as { inFlight: number }).inFlight;
async function readiness(topology: HostedTopology): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${topology.url('asker')}/health/ready`);
  return { status: response.status, body: await response.json() };
}
const held = { id: 'held', module: 'callee', kind: 'hang', parameters: {}, limitMs: 60_000 };

it('a unit that is drained is ready no more, ends what is under way and the connections, and says so at the end', async (context) => {
  const topology = await start(context);
  expect(await readiness(topology)).toEqual({ status: 200, body: { ready: true, waiting: [], draining: false } });
  expect((await ask(topology, 'double')).headers.get('connection')).toBe('keep-alive');
  await topology.control('callee', 'POST', '/faults', held);
  const underway = ask(topology, 'double');
  await expect.poll(() => inFlight(topology), { interval: 1 }).toBe(1);
  const ends: string[] = [];
  const drained = topology.control('asker', 'POST', '/drain').finally(() => ends.push('drained'));
  await expect
    .poll(() => readiness(topology), { interval: 1 })
    .toEqual({ status: 503, body: { ready: false, waiting: ['asker', 'callee'], draining: true } });
  // Who comes all the same is answered, and told not to come again.
  const latecomer = await ask(topology, 'nowhere');
  expect([latecomer.status, latecomer.headers.get('connection')]).toEqual([404, 'close']);
  const again = topology.control('asker', 'POST', '/drain').finally(() => ends.push('again'));
  expect(await inFlight(topology)).toBe(1);
  expect(ends).toEqual([]);
  await topology.control('callee', 'DELETE', '/faults/held');
  expect((await underway).status).toBe(200);
  expect(await Promise.all([drained, again])).toEqual([
    { settled: true, inFlight: 0 },
    { settled: true, inFlight: 0 },
  ]);
  expect(await topology.control('asker', 'POST', '/drain')).toEqual({ settled: true, inFlight: 0 });
});

it('a unit that is drained also ends the work of those who have gone', async (context) => {
  const topology = await start(context);
  await topology.control('callee', 'POST', '/faults', held);
  const gone = new AbortController();
  const abandoned = ask(topology, 'double', gone.signal).catch(() => 'gone');
  await expect.poll(() => inFlight(topology), { interval: 1 }).toBe(1);
  gone.abort();
  expect(await abandoned).toBe('gone');
  await expect.poll(() => inFlight(topology), { interval: 1 }).toBe(0);
  const ends: string[] = [];
  const drained = topology.control('asker', 'POST', '/drain').finally(() => ends.push('drained'));
  await expect.poll(async () => (await readiness(topology)).status, { interval: 1 }).toBe(503);
  expect(await inFlight(topology)).toBe(0);
  expect(ends).toEqual([]);
  await topology.control('callee', 'DELETE', '/faults/held');
  expect(await drained).toEqual({ settled: true, inFlight: 0 });
});
