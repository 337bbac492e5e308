import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, parseEndpoint } from '../docker/endpoint.ts';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine, Script } from '../testing/fake-engine.ts';
import { reaperEngine } from './engine.ts';
import { createReaper } from './index.ts';
import type { ReaperOrder } from './index.ts';

const lists = ['GET /containers/json', 'GET /networks', 'GET /volumes', 'GET /images/json'];
const things = ['/containers/a', '/containers/b', '/networks/n', '/volumes/v', '/images/i'];
let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

/** Runs a reaper to its end, as if its owner had died. */
async function reap(order: Partial<ReaperOrder>): Promise<void> {
  const reaper = createReaper(process.execPath, {
    engine: null,
    labels: ['cleave.managed=true'],
    imageLabel: 'cleave.image.lease=x',
    sites: null,
    patienceMs: 20_000,
    intervalMs: 20,
    leastMs: 0,
    ...order,
  });
  await reaper.start();
  await reaper.reap();
}

async function reapEngine(script: Script, patienceMs = 20_000, host?: string): Promise<FakeEngine> {
  engine = await fakeEngine(things, script, host);
  await reap({ engine: reaperEngine(parseEndpoint(engine.address)), patienceMs });
  return engine;
}

/** Answers the first `times` questions of a kind with this, and as usual afterwards. */
function answering(requests: readonly string[], answer: { status: number; body?: unknown }, times: number): Script {
  const left = new Map(requests.map((request) => [request, times]));
  return (request) => {
    const count = left.get(request) ?? 0;
    left.set(request, count - 1);
    return count > 0 ? answer : undefined;
  };
}

describe('what is left on an engine', () => {
  it.each([
    ['starts', { status: 503, body: { message: 'starting' } }],
    ['is broken', { status: 500, body: [] }],
    ['wants something else', { status: 400, body: { message: 'client is too old' } }],
    ['is not one', { status: 404 }],
    ['redirects', { status: 301, body: [] }],
    ['says nothing', { status: 200 }],
    ['says no list', { status: 200, body: { message: 'hello' } }],
  ])('is removed once an engine that %s gives a list', async (_what, answer) => {
    const { things: left } = await reapEngine(answering(lists, answer, 3));
    expect([...left]).toEqual([]);
  });

  it.each(lists)('is removed although one list fails for a while: %s', async (list) => {
    const { things: left } = await reapEngine(answering([list], { status: 503 }, 3));
    expect([...left]).toEqual([]);
  });

  it.each(['/containers/a', '/networks/n', '/volumes/v', '/images/i'])(
    'is asked for again when %s will not go',
    async (thing) => {
      const { things: left } = await reapEngine(answering([`DELETE ${thing}`], { status: 409 }, 3));
      expect([...left]).toEqual([]);
    },
  );

  it('is removed although it appears late: the image of a build that was cut off in a step', async () => {
    let looks = 0;
    engine = await fakeEngine([], (request) => {
      // Long after the two empty looks that end it otherwise.
      if (request === 'GET /images/json' && (looks += 1) === 10) engine?.things.add('/images/late');
      return undefined;
    });
    await reap({ engine: reaperEngine(parseEndpoint(engine.address)), leastMs: 2000 });
    expect(engine.requests).toContain('DELETE /images/late');
    expect([...engine.things]).toEqual([]);
  });

  it('is left when the time is up, and the reaper with it', async () => {
    const { things: left } = await reapEngine(answering(lists, { status: 503 }, Infinity), 500);
    expect([...left]).toEqual(things);
  });

  it.each(['127.0.0.1', '::1'])('is reached at %s, by the reaper and by this program', async (host) => {
    const { address, things: left } = await reapEngine(() => undefined, 20_000, host);
    expect([...left]).toEqual([]);
    expect(await connect(parseEndpoint(address)).listContainers()).toEqual([]);
  });
});

describe('what is left of the process runtime', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-reaper-'));
    for (const name of ['records', 'sites', 'precious']) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, 'precious', 'file'), 'mine');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (...parts: string[]): string => path.join(folder, ...parts);
  const record = (siteId: string, directory: string, processes: unknown[] = [], lease = 'own'): void =>
    writeFileSync(at('records', `${siteId}.json`), JSON.stringify({ lease, directory, processes }));
  const reapSites = () => reap({ sites: { records: at('records'), lease: 'own', folders: at('sites') } });

  it('goes with its record, and nobody else’s does', async () => {
    for (const id of ['0000000a', '0000000b']) mkdirSync(at('sites', id, 'data'), { recursive: true });
    record('0000000a', at('sites', '0000000a'));
    record('0000000b', at('sites', '0000000b'), [], 'another');
    await reapSites();
    expect([existsSync(at('sites', '0000000a')), existsSync(at('records', '0000000a.json'))]).toEqual([false, false]);
    expect([existsSync(at('sites', '0000000b')), existsSync(at('records', '0000000b.json'))]).toEqual([true, true]);
  });

  it.each([
    ['any folder', (): string => at('precious')],
    [
      'a folder of that name elsewhere',
      (): string => (mkdirSync(at('precious', '0000000a')), at('precious', '0000000a')),
    ],
    ['the folder of all sites', (): string => at('sites')],
    ['a way out', (): string => at('sites', '0000000a', '..', '..', 'precious')],
    ['nothing', (): string => ''],
    ['the root', (): string => '/'],
  ])('is never %s that a record names', async (_what, directory) => {
    record('0000000a', directory());
    mkdirSync(at('sites', '0000000b'));
    await reapSites();
    expect(existsSync(at('precious', 'file'))).toBe(true);
    expect(existsSync(at('sites', '0000000b'))).toBe(true);
    expect(existsSync(at('records', '0000000a.json'))).toBe(false);
  });

  it.each([
    ['the site’s folder', '0000000a'],
    ['a file in it', '0000000a/data'],
  ])('is not what a link leads to: %s', async (_what, name) => {
    mkdirSync(path.dirname(at('sites', name)), { recursive: true });
    symlinkSync(at('precious'), at('sites', name));
    record('0000000a', at('sites', '0000000a'));
    await reapSites();
    expect(existsSync(at('precious', 'file'))).toBe(true);
    expect(existsSync(at('sites', '0000000a'))).toBe(false);
  });

  it('is nothing when the folder of all sites is a link', async () => {
    rmSync(at('sites'), { recursive: true });
    mkdirSync(at('precious', '0000000a'));
    symlinkSync(at('precious'), at('sites'));
    record('0000000a', at('sites', '0000000a'));
    await reapSites();
    expect(existsSync(at('precious', '0000000a'))).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('is no later process with a recorded number', async () => {
    const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    record('0000000a', at('sites', '0000000a'), [{ pid: bystander.pid, started: '1' }]);
    await reapSites();
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    bystander.kill('SIGKILL');
  });
});
