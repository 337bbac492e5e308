import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostTopology, type HostedTopology } from '../testing/index.ts';
import { toyCuts, toyModules } from '../testing/toy-modules.ts';

let topology: HostedTopology;
beforeAll(async () => {
  topology = await hostTopology(toyModules, { cut: toyCuts.together });
});
afterAll(() => topology.close());

describe('the control port', () => {
  it('wants the token and refuses browsers', async () => {
    const url = `${topology.controlUrl('callee')}/identity`;
    const status = async (headers: Record<string, string>): Promise<number> => (await fetch(url, { headers })).status;
    const authorization = `Bearer ${topology.token}`;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await status({ authorization, origin: 'http://localhost' })).toBe(403);
    expect(await status({ authorization })).toBe(200);
  });

  it('is not on the public port', async () => {
    const response = await fetch(`${topology.url('callee')}/identity`, {
      headers: { authorization: `Bearer ${topology.token}` },
    });
    expect(response.status).toBe(404);
  });

  it('says who the unit is, how it does and what its modules wrote down', async () => {
    expect(await topology.control('callee', 'GET', '/identity')).toMatchObject({
      unit: 'all',
      modules: ['asker', 'callee'],
      pid: process.pid,
      languageVersion: process.version,
    });
    expect(await topology.control('callee', 'GET', '/metrics')).toMatchObject({
      inFlight: 0,
      modules: { callee: { calls: 0, failures: 0 } },
      policies: { retries: 0 },
    });
    expect(await topology.control('callee', 'GET', '/audit/callee')).toEqual({ audited: true });
    expect(await topology.control('callee', 'GET', '/audit/nobody')).toMatchObject({ error: { code: 'not-found' } });
    expect(await topology.control('callee', 'POST', '/quiesce')).toEqual({ settled: true, pending: 0 });
  });
});

describe('the public port', () => {
  it('publishes every operation and route as OpenAPI', async () => {
    const document = (await (await fetch(`${topology.url('callee')}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/ask',
      '/callee/double',
      '/callee/fail',
      '/callee/remember',
      '/callee/wait',
    ]);
    expect(document.paths['/callee/double']?.['post']).toMatchObject({
      requestBody: {
        content: { 'application/json': { schema: { properties: { value: { type: 'integer', minimum: 0 } } } } },
      },
    });
  });

  it('answers liveness and readiness', async () => {
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(topology.url('callee') + path)).status).toBe(200);
  });
});
