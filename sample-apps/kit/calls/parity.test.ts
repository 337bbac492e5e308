import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostTopology, type HostedTopology } from '../testing/index.ts';
import { toyCuts, toyModules } from '../testing/toy-modules.ts';

const topologies = new Map<string, HostedTopology>();
beforeAll(async () => {
  for (const [name, cut] of Object.entries(toyCuts)) {
    topologies.set(name, await hostTopology(toyModules, { cut, settings: { resilience: { deadlineMs: 1500 } } }));
  }
});
afterAll(() => Promise.all([...topologies.values()].map((topology) => topology.close())));

async function ask(
  topology: HostedTopology,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${topology.url('asker')}/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const questions: [what: string, body: unknown, status: number, code?: string][] = [
  ['an answer, without what the contract does not have', { operation: 'double', input: { value: 21 } }, 200],
  ['bad input', { operation: 'double', input: { value: -1 } }, 400, 'bad-input'],
  ['input of the wrong type', { operation: 'double', input: { value: 'x' } }, 400, 'bad-input'],
  ['a refusal', { operation: 'fail', input: { how: 'refuse' } }, 409, 'conflict'],
  ['an unforeseen exception', { operation: 'fail', input: { how: 'break' } }, 500, 'internal'],
  ['an answer that breaks the contract', { operation: 'fail', input: { how: 'lie' } }, 502, 'bad-answer'],
  ['a deadline', { operation: 'wait', input: { ms: 8000 } }, 504, 'deadline'],
];

describe('a call answers the same locally and remotely', () => {
  it.each(questions)('%s', async (_what, body, status, code) => {
    const answers = await Promise.all([...topologies.values()].map((topology) => ask(topology, body)));
    expect(answers[0]?.status).toBe(status);
    if (code !== undefined) expect(answers[0]?.body).toMatchObject({ error: { code } });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('and names the field of bad input in one sentence', async () => {
    const [together] = topologies.values();
    expect((await ask(together!, { operation: 'double', input: { value: -1 } })).body).toEqual({
      error: { code: 'bad-input', message: 'callee.double: value: must not be negative', retryable: false },
    });
  });

  it('carries the idempotency key', async () => {
    for (const topology of topologies.values()) {
      expect((await ask(topology, { operation: 'remember', input: { text: 'x' }, key: 'k1' })).body).toMatchObject({
        key: 'k1',
      });
    }
  });

  it('refuses a body that is not JSON and a path that is not there, with an error envelope', async () => {
    for (const topology of topologies.values()) {
      const bad = await fetch(`${topology.url('asker')}/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{',
      });
      expect([bad.status, await bad.json()]).toMatchObject([400, { error: { code: 'bad-input' } }]);
      const missing = await fetch(`${topology.url('asker')}/nowhere`);
      expect([missing.status, await missing.json()]).toMatchObject([404, { error: { code: 'not-found' } }]);
    }
  });
});

describe('spans', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = (flags: string): string => `00-${traceId}-b7ad6b7169203331-${flags}`;

  async function spansOf(topology: HostedTopology, flags: string) {
    await topology.control('asker', 'GET', '/traces');
    await topology.control('callee', 'GET', '/traces');
    await ask(topology, { operation: 'remember', input: { text: 'traced' } }, { traceparent: traceparent(flags) });
    const drained = [await topology.control('asker', 'GET', '/traces')];
    if (topology.controlUrl('asker') !== topology.controlUrl('callee'))
      drained.push(await topology.control('callee', 'GET', '/traces'));
    return drained.flatMap((one) => (one as { spans: Record<string, unknown>[] }).spans);
  }

  it('are a server and a local one within a unit', async () => {
    const spans = await spansOf(topologies.get('together')!, '01');
    expect(spans.map(({ kind, module, caller }) => [kind, module, caller])).toEqual([
      ['local', 'callee', 'asker'],
      ['server', 'asker', 'client'],
    ]);
    const [local, server] = spans;
    expect(server).toMatchObject({ traceId, parentId: 'b7ad6b7169203331', operation: 'POST /ask' });
    expect(local).toMatchObject({ traceId, parentId: server?.['spanId'] });
    expect(local?.['storeMs']).toBeGreaterThan(0);
    expect(local?.['serializationMs']).toBe(0);
    expect(server?.['bytesOut']).toBeGreaterThan(0);
  });

  it('are a remote and a server one between units, tied together', async () => {
    const spans = await spansOf(topologies.get('apart')!, '01');
    const byKind = (kind: string, module: string) =>
      spans.find((span) => span['kind'] === kind && span['module'] === module);
    const remote = byKind('remote', 'callee');
    const server = byKind('server', 'callee');
    expect(spans).toHaveLength(3);
    expect(remote).toMatchObject({
      caller: 'asker',
      operation: 'remember',
      parentId: byKind('server', 'asker')?.['spanId'],
    });
    expect(server).toMatchObject({ caller: 'asker', traceId, parentId: remote?.['spanId'] });
    expect(server?.['storeMs']).toBeGreaterThan(0);
    expect(remote?.['serializationMs']).toBeGreaterThan(0);
    expect(remote?.['bytesIn']).toBe(server?.['bytesOut']);
    expect(remote?.['durationMs']).toBeGreaterThan(server?.['durationMs'] as number);
  });

  it('are not kept when the request is not sampled', async () => {
    for (const topology of topologies.values()) expect(await spansOf(topology, '00')).toEqual([]);
  });
});
