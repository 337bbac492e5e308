import { afterEach, describe, expect, it } from 'vitest';
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import type { SiteNetworks } from './networks.ts';
import { DockerUnit } from './unit.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

/** A unit in a container in that state, on an engine that answers so when it is asked for statistics, or for that. */
async function unitOn(
  state: string | null,
  answer: { status: number; body?: unknown },
  asked = 'GET /containers/c/stats',
): Promise<DockerUnit> {
  engine = await fakeEngine(['/containers/c'], (request) => {
    if (request === asked) return answer;
    if (request !== 'GET /containers/c/json') return undefined;
    const State = { Status: state, StartedAt: '2026-11-22T13:00:00Z', ExitCode: 1, OOMKilled: false };
    return state === null || engine?.things.size === 0
      ? { status: 404, body: { message: 'no such container' } }
      : { status: 200, body: { State, HostConfig: {} } };
  });
  const docker = connect(parseEndpoint(engine.address));
  const nothing = (): void => undefined;
  return new DockerUnit(
    {
      ...{ docker, networks: {} as SiteNetworks, oneShotStats: true },
      base: () => Promise.reject(new Error('not asked')),
      ...{ onRemoved: nothing, expectStart: nothing, expectEnd: nothing, expectRemoval: nothing },
    },
    docker.getContainer('c'),
    {
      ...{ name: 'cart', instance: 0, modules: ['cart'] },
      marks: { createStartMs: 0, createdMs: 0, startedMs: 0 },
      ...{ serviceUrl: 'http://cart:8080', controlUrl: 'http://cart:9090', publishedUrl: null },
    },
  );
}

describe('statistics', () => {
  const refused = { status: 500, body: { message: 'container state improper' } };
  const ended = { cpuSeconds: 0, memoryBytes: null, networkReceivedBytes: null, networkSentBytes: null };

  it.each(['exited', 'dead', 'created', 'restarting', 'stopped', 'configured'])(
    'that an engine refuses of one that is %s are those of one that has ended',
    async (state) => {
      expect(await (await unitOn(state, refused)).stats()).toMatchObject(ended);
    },
  );

  it('are the same of an engine that answers zeros for it', async () => {
    const body = { read: '0001-01-01T00:00:00Z', cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {} };
    expect(await (await unitOn('exited', { status: 200, body })).stats()).toMatchObject(ended);
  });

  it.each(['running', 'paused', null])('that an engine refuses otherwise (%s) are an error', async (state) => {
    await expect((await unitOn(state, refused)).stats()).rejects.toThrow(/^Reading statistics .*cart.*improper/);
  });
});

it('is held to as many microseconds of a period as the kernel takes, however a share of CPU was divided', async () => {
  const unit = await unitOn('running', { status: 200, body: {} }, 'POST /containers/c/update');
  const each = 0.6 / 6;
  expect(each).toBeLessThan(0.1);
  await unit.limitCpu(each, { periodMs: 10 });
  expect(engine?.requests).toContain('POST /containers/c/update');
  await expect(unit.limitCpu(0.0999, { periodMs: 10 })).rejects.toThrow('too little; allowed: 0.1 cores and more');
});

it('is removed where the engine fails at asking it to end', async () => {
  const unit = await unitOn('running', { status: 500, body: { message: 'no' } }, 'POST /containers/c/stop');
  await unit.remove();
  expect(engine?.things).toEqual(new Set());
  expect(await unit.status()).toMatchObject({ state: 'stopped' });
});
