import { afterEach, expect, it } from 'vitest';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine, Script } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { ensureImage } from './image.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

const base = {
  reference: 'cleave-base:1',
  id: 'sha256:1',
  digest: 'sha256:1',
  origin: 'local',
  architecture: 'x64',
  version: '24.21.0',
  sizeBytes: 1,
} as const;
const source = { title: 'shop', reference: 'cleave/shop:1', files: {}, command: ['node', '/app/unit.mjs'] };

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

const labelOf = (reference: string) => ({ 'cleave.image': reference });

it.each<[string, Record<string, unknown>, boolean]>([
  ['what was built under it', { Labels: labelOf('cleave/shop:1') }, true],
  ['another of its images', { Labels: labelOf('cleave/shop:2') }, false],
  ['an image without labels', { Labels: null }, false],
  ['an image without a configuration', {}, false],
])('takes a name for nothing but a name: under it is %s', async (_, Config, isIt) => {
  let built = false;
  engine = await fakeEngine([], (request) => {
    if (request === 'GET /images/cleave-base:1/json') return { status: 200, body: { Id: 'sha256:1', Size: 1 } };
    if (request === 'GET /images/cleave/shop:1/json')
      return {
        status: 200,
        body: built
          ? { Id: 'sha256:new', Size: 3, Config: { Labels: labelOf('cleave/shop:1') } }
          : { Id: 'sha256:old', Size: 2, ...('Labels' in Config ? { Config } : {}) },
      };
    if (request === 'POST /build') {
      built = true;
      return { status: 200, body: { stream: 'done' } };
    }
    return undefined;
  });
  const found = await ensureImage(connect(parseEndpoint(engine.address)), base, source, { fresh: false, labels: {} });
  expect(found).toMatchObject(isIt ? { kind: 'warm', totalBytes: 2 } : { kind: 'cold', totalBytes: 3 });
  expect(built).toBe(!isIt);
  // Whoever's it is, it is not this program's to remove.
  expect(engine.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
});

/** Builds anew over an image of before, on an engine that answers these calls so. */
async function rebuilding(answers: Record<string, ReturnType<Script>>) {
  let built = false;
  engine = await fakeEngine([], (request) => {
    if (request in answers) return answers[request];
    if (request === 'GET /images/cleave-base:1/json') return { status: 200, body: { Id: 'sha256:1', Size: 1 } };
    if (request === 'GET /images/cleave/shop:1/json')
      return {
        status: 200,
        body: { Id: built ? 'sha256:new' : 'sha256:old', Size: 2, Config: { Labels: labelOf('cleave/shop:1') } },
      };
    if (request !== 'POST /build') return undefined;
    built = true;
    return { status: 200, body: { stream: 'done' } };
  });
  return ensureImage(connect(parseEndpoint(engine.address)), base, source, { fresh: true, labels: {} });
}

it.each(['hang', 'cut', { status: 500 }] as const)(
  'is built though the old image is not tidied away: the engine answers that with %j',
  async (answer) => {
    const found = await rebuilding({ 'DELETE /images/sha256:old': answer });
    expect(found).toMatchObject({ kind: 'cold', totalBytes: 2 });
  },
);

it.each([
  ['an answer that began well carries an error', { status: 200, body: { error: 'no space left' } }, /no space left/],
  ['the connection is cut', 'cut', /does not answer \(ECONNRESET\)/],
] as const)('fails at once when %s', async (_, answer, says) => {
  await expect(rebuilding({ 'POST /build': answer })).rejects.toThrow(says);
});
