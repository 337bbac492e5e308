import { afterEach, expect, it } from 'vitest';
import { formatOwner, thisOwner } from '../owner.ts';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { sweepEngine } from './sweep.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

/** One container a kind of owner. */
async function engineOf(owners: Record<string, string>): Promise<FakeEngine> {
  engine = await fakeEngine(
    Object.keys(owners).map((name) => `/containers/${name}`),
    (request) => {
      if (request !== 'GET /containers/json') return undefined;
      const body = Object.entries(owners)
        .filter(([name]) => engine?.things.has(`/containers/${name}`) === true)
        .map(([name, owner]) => ({
          Id: name,
          Names: [`/${name}`],
          Created: 1000,
          Labels: { 'cleave.managed': 'true', 'cleave.owner': owner, 'cleave.lease': 'x' },
        }));
      return { status: 200, body };
    },
  );
  return engine;
}

it('removes what is dead, keeps what lives, and tells apart what nobody can say', async () => {
  const here = await thisOwner();
  const { address, things } = await engineOf({
    living: formatOwner(here),
    dead: formatOwner({ ...here, started: `${here.started}0` }),
    elsewhere: formatOwner({ ...here, space: '1.1' }),
    earlier: '12|abcdef01-77|0123456789ab',
    nobody: '',
  });
  const docker = connect(parseEndpoint(address));
  const report = await sweepEngine(docker);
  expect(report).toEqual({
    removed: ['container dead'],
    kept: ['container living'],
    unknown: ['elsewhere', 'earlier', 'nobody'].map((name) => ({
      key: `container ${name}`,
      title: `container ${name}`,
      createdMs: 1_000_000,
    })),
    failed: [],
  });
  expect([...things].length).toBe(4);

  const insisted = await sweepEngine(docker, { alsoRemove: new Set(['container elsewhere', 'container living']) });
  expect(insisted.removed).toEqual(['container elsewhere']);
  expect([...things]).toEqual(['/containers/living', '/containers/earlier', '/containers/nobody']);
});

it.each(['GET /containers/json', 'GET /volumes', 'GET /images/json'])(
  'tells what an engine does not do, and goes on: %s',
  async (call) => {
    engine = await fakeEngine([], (request) =>
      request === call ? { status: 500, body: { message: 'not now' } } : undefined,
    );
    const { failed } = await sweepEngine(connect(parseEndpoint(engine.address)));
    expect(failed).toEqual([expect.stringMatching(/^Listing .*: not now$/)]);
    expect(engine.requests).toContain('GET /images/json');
  },
);

it('fails on an engine that is not there', async () => {
  const { address, close } = await engineOf({});
  close();
  await expect(sweepEngine(connect(parseEndpoint(address)))).rejects.toMatchObject({ kind: 'no-engine' });
});
