import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostTopology, type HostedTopology } from '../testing/index.ts';
import { toyCuts, toyModules } from '../testing/toy-modules.ts';

const topologies = new Map<string, HostedTopology>();
beforeAll(async () => {
  for (const [name, cut] of Object.entries(toyCuts)) {
    topologies.set(name, await hostTopology(toyModules, { cut, settings: { resilience: { deadlineMs: 800 } } }));
  }
});
afterAll(() => Promise.all([...topologies.values()].map((topology) => topology.close())));

async function ask(
  topology: HostedTopology,
  operation = 'double',
  input: unknown = { value: 1 },
): Promise<{ status: number; code: string | undefined; ms: number }> {
  const start = performance.now();
  const response = await fetch(`${topology.url('asker')}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation, input }),
  });
  const body = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: body.error?.code, ms: performance.now() - start };
}

let next = 0;
async function inject(
  topology: HostedTopology,
  kind: string,
  parameters: unknown = {},
  limitMs = 20_000,
): Promise<string> {
  const id = `fault-${next++}`;
  const before = performance.timeOrigin + performance.now();
  const answer = (await topology.control('callee', 'POST', '/faults', {
    id,
    module: 'callee',
    kind,
    parameters,
    limitMs,
  })) as { id: string; effectAtMs: number };
  expect(answer.id).toBe(id);
  expect(answer.effectAtMs).toBeGreaterThanOrEqual(before);
  return id;
}
async function undo(topology: HostedTopology, id: string): Promise<void> {
  expect(await topology.control('callee', 'DELETE', `/faults/${id}`)).toMatchObject({ id });
  expect(await topology.control('callee', 'GET', '/faults')).toEqual({ faults: [] });
  expect(await topology.control('callee', 'DELETE', `/faults/${id}`)).toMatchObject({ error: { code: 'not-found' } });
}

const visible: [kind: string, parameters: unknown, operation: string, code: string][] = [
  ['hang', {}, 'double', 'deadline'],
  ['black-hole', {}, 'double', 'deadline'],
  ['slow', { delayMs: 4000 }, 'double', 'deadline'],
  ['errors', { share: 1 }, 'double', 'injected'],
  ['connection-reset', {}, 'double', 'connection-reset'],
  ['store-outage', {}, 'remember', 'store-unavailable'],
];

describe.each(Object.keys(toyCuts))('%s', (cut) => {
  it.each(visible)('%s is felt by callers until it is undone', async (kind, parameters, operation, code) => {
    const topology = topologies.get(cut)!;
    const input = operation === 'double' ? { value: 1 } : { text: 'x' };
    expect((await ask(topology, operation, input)).status).toBe(200);
    const id = await inject(topology, kind, parameters);
    expect((await ask(topology, operation, input)).code).toBe(code);
    await undo(topology, id);
    expect((await ask(topology, operation, input)).status).toBe(200);
  });

  it('slow adds its delay', async () => {
    const topology = topologies.get(cut)!;
    const id = await inject(topology, 'slow', { delayMs: 60 });
    const { status, ms } = await ask(topology);
    expect(status).toBe(200);
    expect(ms).toBeGreaterThanOrEqual(59);
    await undo(topology, id);
  });

  it('unready turns the readiness of the unit and is undone', async () => {
    const topology = topologies.get(cut)!;
    const ready = async (): Promise<number> => (await fetch(`${topology.url('callee')}/health/ready`)).status;
    const id = await inject(topology, 'unready');
    expect(await ready()).toBe(503);
    expect((await ask(topology)).status).toBe(200);
    await undo(topology, id);
    expect(await ready()).toBe(200);
  });

  it.each([
    ['event-loop-block', { blockMs: 30, everyMs: 60 }],
    ['cpu-hog', { share: 0.5 }],
    // Without a limit of its own it would end this very process where that has grown large.
    ['memory-leak', { bytesPerSecond: 1_000_000, limitBytes: 64 * 1024 ** 3 }],
    ['provider-outage', {}],
  ])('%s leaves nothing behind', async (kind, parameters) => {
    const topology = topologies.get(cut)!;
    const id = await inject(topology, kind, parameters);
    expect((await ask(topology)).status).toBe(200);
    await undo(topology, id);
  });

  it('ends by itself at its limit', async () => {
    const topology = topologies.get(cut)!;
    await inject(topology, 'errors', { share: 1 }, 30);
    await expect.poll(() => topology.control('callee', 'GET', '/faults')).toEqual({ faults: [] });
    expect((await ask(topology)).status).toBe(200);
  });

  it('lets calls that hang go on when it is undone', async () => {
    const topology = topologies.get(cut)!;
    const id = await inject(topology, 'hang');
    const waiting = ask(topology);
    await undo(topology, id);
    expect((await waiting).status).toBe(200);
  });
});

describe('a request for a fault', () => {
  it.each([
    [{ kind: 'flood' }, /kind "flood" is not known; allowed: crash, hang/],
    [{ module: 'nobody' }, /module "nobody" is not in this unit/],
    [{ limitMs: 0 }, /fault\.limitMs/],
    [{ kind: 'store-connections' }, /keeps its data in a file/],
    [{ kind: 'errors', parameters: { share: 2 } }, /parameters\.share/],
  ])('that is wrong names the field: %o', async (change, message) => {
    const topology = topologies.get('together')!;
    const answer = await topology.control('callee', 'POST', '/faults', {
      id: 'x',
      module: 'callee',
      kind: 'hang',
      parameters: {},
      limitMs: 1000,
      ...change,
    });
    expect((answer as { error: { message: string } }).error.message).toMatch(message);
  });
});
