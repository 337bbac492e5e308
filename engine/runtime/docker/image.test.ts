import { afterEach, expect, it } from 'vitest';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { ensureImage } from './image.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

const base = {
  reference: 'cleave-base:1',
  id: 'sha256:1',
  digest: 'sha256:1',
  origin: 'local',
  nodeVersion: '24.21.0',
  sizeBytes: 1,
} as const;
const source = { title: 'shop', reference: 'cleave/shop:1', files: {}, main: 'unit.mjs' };

it.each([
  ['removed', null],
  ['replaced', 'sha256:2'],
])('asks no registry for a base image that somebody %s', async (what, id) => {
  engine = await fakeEngine([], (request) =>
    request === 'GET /images/cleave-base:1/json' && id !== null
      ? { status: 200, body: { Id: id, Size: 1 } }
      : undefined,
  );
  const built = ensureImage(connect(parseEndpoint(engine.address)), base, source, { fresh: false, labels: {} });
  await expect(built).rejects.toMatchObject({
    kind: 'image-build',
    message: `Building the image of "shop": somebody ${what} the base image cleave-base:1 on the engine since this run began`,
    nextStep: expect.stringContaining('Start again') as unknown,
  });
  expect(engine.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
});
