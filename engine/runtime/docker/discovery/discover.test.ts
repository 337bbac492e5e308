import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { discoverEngine } from './discover.ts';

let folder = '';
let socket = '';
let server: http.Server | undefined;
let asked: string[] = [];

/** An engine with these answers; a missing one is never given. */
async function fakeEngine(answers: Record<string, unknown>): Promise<string> {
  const fake = http.createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    const answer = answers[url.replace(/^\/v1\.\d+|\?.*$/g, '')];
    if (answer !== undefined) response.end(JSON.stringify(answer));
  });
  server = fake;
  await new Promise<void>((resolve) => fake.listen(socket, resolve));
  return `unix://${socket}`;
}

const version = {
  Version: '27.1.0',
  ApiVersion: '1.46',
  Os: 'linux',
  Arch: 'arm64',
  Components: [{ Name: 'Engine', Version: '27.1.0' }],
};
const info = {
  NCPU: 8,
  MemTotal: 8e9,
  OperatingSystem: 'Docker Desktop',
  Driver: 'overlay2',
  CgroupVersion: '2',
  SecurityOptions: [],
};

beforeEach(async () => {
  asked = [];
  folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-fake-'));
  socket = path.join(folder, 'engine.sock');
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

it('describes the engine that answers, whatever the environment of this process says', async () => {
  const explicit = await fakeEngine({ '/_ping': 'OK', '/version': version, '/info': info });
  expect(await discoverEngine({ explicit, env: {} })).toMatchObject({
    kind: 'docker',
    name: 'Docker',
    version: '27.1.0',
    apiVersion: '1.41',
    operatingSystem: 'Docker Desktop',
    cpus: 8,
    limits: { pause: true, cpuSet: true },
  });
});

it('tells Podman from Docker, and that a rootless one on cgroup v1 cannot pause', async () => {
  const podman = { ...version, Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] };
  const explicit = await fakeEngine({
    '/_ping': 'OK',
    '/version': podman,
    '/info': { ...info, CgroupVersion: '1', SecurityOptions: ['name=rootless'] },
  });
  expect(await discoverEngine({ explicit, env: {} })).toMatchObject({
    kind: 'podman',
    name: 'Podman',
    version: '4.3.1',
    limits: { pause: false, cpuQuota: false },
  });
});

it('asks for Linux containers', async () => {
  const explicit = await fakeEngine({ '/_ping': 'OK', '/version': { ...version, Os: 'windows' }, '/info': info });
  expect(await discoverEngine({ explicit, env: {} })).toMatchObject({
    problem: expect.stringContaining('Linux containers') as unknown,
  });
});

it('does not wait for an engine that accepts and never answers', async () => {
  const explicit = await fakeEngine({});
  expect(await discoverEngine({ explicit, env: {}, answerLimitMs: 50 })).toMatchObject({
    problem: expect.stringContaining('no answer within 0.05 s') as unknown,
    tried: [{ address: explicit }],
  });
});

it('names the next step when DOCKER_HOST leads nowhere, or to no address at all', async () => {
  expect(await discoverEngine({ env: { DOCKER_HOST: `unix://${socket}` } })).toMatchObject({
    problem: expect.stringContaining('DOCKER_HOST') as unknown,
    nextStep: expect.stringContaining('unset DOCKER_HOST') as unknown,
  });
  expect(await discoverEngine({ env: { DOCKER_HOST: 'nonsense://' } })).toMatchObject({
    problem: expect.stringContaining('is not an engine') as unknown,
  });
});

it('names a context that is none, and takes no other engine for it', async () => {
  await fakeEngine({});
  expect(await discoverEngine({ env: { DOCKER_CONTEXT: 'prod\n' }, homeDir: folder })).toEqual({
    problem: `DOCKER_CONTEXT "prod\\n" leads to no container engine: there is no such context in ${folder}/.docker.`,
    nextStep: 'Set DOCKER_CONTEXT to one that "docker context ls" lists, or unset it.',
    tried: [],
  });
});

it('says which certificates are missing', async () => {
  const env = { DOCKER_HOST: 'tcp://127.0.0.1:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
  expect(await discoverEngine({ env })).toMatchObject({
    problem: expect.stringContaining(`the certificates in ${folder}, where ca.pem is missing`) as unknown,
  });
});

describe('where there are several engines', () => {
  const socketOf = (place: string) => path.join(folder, place, 'docker.sock');

  /** One at each of these places, which answers if it has a name; the first is that of the current context. The engines of the machine that tests this are left out, as if their sockets led there. */
  const engines = async (places: Record<string, string | null>) => {
    for (const [place, component] of Object.entries(places)) {
      await mkdir(path.dirname(socketOf(place)), { recursive: true });
      const fake = http.createServer(({ url = '' }, response) => {
        asked.push(`${place} asked`);
        response.once('close', () => asked.push(`${place} over`));
        if (component === null) return;
        const described = { ...version, Components: [{ Name: component, Version: '1.2.3' }] };
        response.end(JSON.stringify(url.endsWith('/info') ? info : described));
      });
      await new Promise<void>((resolve) => fake.listen(socketOf(place), resolve));
      onTestFinished(() => {
        fake.closeAllConnections();
        fake.close();
      });
    }
    const [first = ''] = Object.keys(places);
    const files = {
      'config.json': { currentContext: 'mine' },
      'meta.json': { Endpoints: { docker: { Host: `unix://${socketOf(first)}` } } },
    };
    return {
      ...{ env: {}, homeDir: folder, uid: null, platform: 'linux' as const },
      readText: async (file: string) =>
        JSON.stringify(Object.entries(files).find(([name]) => file.endsWith(name))?.[1] ?? null),
      realPath: async (file: string) => (file.startsWith(folder) ? file : socketOf(first)),
    };
  };

  it('waits for several that hang as for one, and takes the best that answers', async () => {
    const host = await engines({
      ...{ context: null, '.docker/run': null },
      ...{ '.colima/default': 'Engine', '.orbstack/run': 'Podman Engine' },
    });
    const found = await discoverEngine({ ...host, answerLimitMs: 1000, headStartMs: 1 });
    expect(found).toMatchObject({ source: 'Colima', kind: 'docker' });
    // That the first is given up may be heard of later still.
    const before = asked.slice(0, asked.includes('context over') ? asked.indexOf('context over') : undefined);
    for (const place of ['.docker/run', '.colima/default']) expect(before).toContain(`${place} asked`);
  });

  it('asks no other where the best one is well', async () => {
    const host = await engines({ context: 'Engine', '.colima/default': 'Engine' });
    expect(await discoverEngine({ ...host, headStartMs: 60_000 })).toMatchObject({
      source: 'the current Docker context "mine"',
    });
    expect(asked).not.toContain('.colima/default asked');
  });

  it('asks the next at once where nothing is there', async () => {
    const host = await engines({ context: null, '.orbstack/run': 'Engine' });
    await rm(socketOf('context'));
    expect(await discoverEngine({ ...host, headStartMs: 60_000 })).toMatchObject({ source: 'OrbStack' });
  });
});

it('lists every place it looked in when there is none', async () => {
  const found = await discoverEngine({ env: {}, homeDir: folder, uid: null, platform: 'win32', answerLimitMs: 500 });
  expect('tried' in found && found.tried.length).toBeGreaterThan(1);
});

it.each([
  ['no-such-thing://x', 'Correct it, or unset DOCKER_HOST to use the local one.'],
  ['tcp://192.0.2.7:2375', 'Correct it, or unset DOCKER_HOST to use the local one.'],
  ['ssh://someone@192.0.2.7', 'Correct it, or unset DOCKER_HOST to use the local one.'],
  ['unix:///nowhere/engine.sock', 'Start that engine, or unset DOCKER_HOST to use the local one.'],
])('tells nobody to start an engine where none can be: %s', async (address, nextStep) => {
  expect(await discoverEngine({ env: { DOCKER_HOST: address } })).toMatchObject({
    problem: expect.stringContaining(address) as unknown,
    nextStep,
  });
});

describe('the version of the API', () => {
  const ask = async (versions: Record<string, unknown>) => {
    const { ApiVersion: _, ...rest } = version;
    const explicit = await fakeEngine({
      '/_ping': 'OK',
      '/version': { ...rest, ...versions },
      '/info': info,
      '/containers/json': [],
    });
    return discoverEngine({ explicit, env: {} });
  };

  it.each([
    ['Docker 20.10', { ApiVersion: '1.41', MinAPIVersion: '1.12' }, '1.41'],
    ['Docker 19.03', { ApiVersion: '1.40', MinAPIVersion: '1.12' }, '1.40'],
    ['Docker 28', { ApiVersion: '1.51', MinAPIVersion: '1.24' }, '1.41'],
    ['Docker 29, which takes nothing older than 1.44', { ApiVersion: '1.52', MinAPIVersion: '1.44' }, '1.44'],
    ['Podman', { ApiVersion: '1.41', MinAPIVersion: '1.24' }, '1.41'],
    ['an engine that names its newest only', { ApiVersion: '1.43' }, '1.41'],
    ['an engine that names its oldest only', { MinAPIVersion: '1.44' }, '1.44'],
    ['an engine that says nothing', {}, null],
    ['an engine that says nothing that is one', { ApiVersion: '', MinAPIVersion: null }, null],
  ])('is one that both speak: %s', async (_, versions, wanted) => {
    expect(await ask(versions)).toMatchObject({ apiVersion: wanted });
    expect(asked).toEqual(['/_ping', '/version', wanted === null ? '/info' : `/v${wanted}/info`]);
  });

  it.each([
    [{ ApiVersion: '1.39', MinAPIVersion: '1.12' }, 'speaks version 1.39 of the API at most', /^Update the container/],
    [{ ApiVersion: '1.99', MinAPIVersion: '1.80' }, 'wants version 1.80 of the API or newer', /^Update Cleave, or/],
    [{ ApiVersion: '2.1', MinAPIVersion: '2.0' }, 'wants version 2.0 of the API or newer', /^Update Cleave, or/],
  ])('that both speak is missed in one sentence, with a next step: %j', async (versions, said, nextStep) => {
    const found = await ask(versions);
    expect(found).toMatchObject({ nextStep: expect.stringMatching(nextStep) as unknown });
    expect('problem' in found && found.problem).toMatch(/^The engine at unix:[^\n]+ cannot be used: [^\n]+\.$/);
    expect('problem' in found && found.problem).toContain(said);
  });

  it('is in every later call of the client', async () => {
    const found = await ask({ ApiVersion: '1.52', MinAPIVersion: '1.44' });
    if (!('docker' in found)) throw new Error(found.problem);
    await found.docker.listContainers().catch(() => undefined);
    expect(asked.at(-1)).toMatch(/^\/v1\.44\/containers\/json/);
  });
});
