import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { formatOwner, thisOwner } from '../owner.ts';
import { processExists, processStart } from '../this-system.ts';
import { belongsToFolder, membersOfPs } from './members.ts';
import { sweepProcesses } from './sweep.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-sweep-'));
  for (const name of ['state/sites', 'work/sites', 'precious']) mkdirSync(at(...name.split('/')), { recursive: true });
  writeFileSync(at('precious', 'file'), 'mine');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]): string => path.join(folder, ...parts);
const here = await thisOwner();
const dead = formatOwner({ ...here, started: `${here.started}0` });
const sweep = (alsoRemove?: ReadonlySet<string>) =>
  sweepProcesses({ stateDir: at('state'), workDir: at('work') }, { alsoRemove });

function record(siteId: string, directory: string, owner = dead, processes: object[] = []): string {
  const file = at('state', 'sites', `${siteId}.json`);
  const content = { version: 1, session: 's', run: 'r', owner, lease: 'another', directory, processes };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function site(siteId: string): string {
  mkdirSync(at('work', 'sites', siteId, 'data'), { recursive: true });
  return at('work', 'sites', siteId);
}

it('removes the folder and the record of a dead owner, and keeps a living and an unknown one’s', async () => {
  const elsewhere = formatOwner({ ...here, space: '1.1' });
  record('0000000a', site('0000000a'));
  record('0000000b', site('0000000b'), formatOwner(here));
  record('0000000c', site('0000000c'), elsewhere);
  const report = await sweep();
  expect(report).toMatchObject({ removed: ['site 0000000a'], kept: ['site 0000000b'], failed: [] });
  expect(report.unknown).toEqual([
    { key: 'site 0000000c', title: 'site 0000000c', createdMs: expect.any(Number) as unknown },
  ]);
  expect(['a', 'b', 'c'].map((id) => existsSync(at('work', 'sites', `0000000${id}`)))).toEqual([false, true, true]);
  expect((await sweep(new Set(['site 0000000b', 'site 0000000c']))).removed).toEqual(['site 0000000c']);
});

it.each([
  ['any folder', () => at('precious')],
  ['a folder of that name elsewhere', () => (mkdirSync(at('precious', '0000000a')), at('precious', '0000000a'))],
  ['the folder of all sites', () => at('work', 'sites')],
  ['a way out', () => path.join(at('work', 'sites', '0000000a'), '..', '..', '..', 'precious')],
  ['the root', () => '/'],
  ['a link out', () => (symlinkSync(at('precious'), at('link')), at('link'))],
])('never removes %s, and names it', async (_what, directory) => {
  site('0000000b');
  record('0000000a', directory());
  const { removed, failed } = await sweep();
  expect(existsSync(at('precious', 'file'))).toBe(true);
  expect(existsSync(at('work', 'sites', '0000000b'))).toBe(true);
  expect(removed).toEqual(['site 0000000a']);
  expect(failed).toEqual([expect.stringMatching(/^The folder .* of site 0000000a was left: it is not in /)]);
  // It is said once.
  expect((await sweep()).failed).toEqual([]);
});

it.each(['0000000a', '0000000a/data'])('follows no link: %s', async (name) => {
  mkdirSync(path.dirname(at('work', 'sites', name)), { recursive: true });
  symlinkSync(at('precious'), at('work', 'sites', name));
  record('0000000a', at('work', 'sites', '0000000a'));
  expect((await sweep()).failed).toEqual([]);
  expect(existsSync(at('precious', 'file'))).toBe(true);
  expect(existsSync(at('work', 'sites', '0000000a'))).toBe(false);
});

it('believes no link in the place of the folder of all sites', async () => {
  rmSync(at('work', 'sites'), { recursive: true });
  symlinkSync(at('precious'), at('work', 'sites'));
  mkdirSync(at('precious', '0000000a'));
  record('0000000a', at('work', 'sites', '0000000a'));
  await sweep();
  expect(existsSync(at('precious', '0000000a'))).toBe(true);
});

it.each([
  ['nonsense', (file: string) => writeFileSync(file, '{')],
  ['a folder', (file: string) => mkdirSync(file)],
  ['a link to a device that never ends', (file: string) => symlinkSync('/dev/zero', file)],
  ['far too large', (file: string) => writeFileSync(file, ' '.repeat(2_000_000))],
])('passes over a record that is none: %s', async (_what, plant) => {
  plant(at('state', 'sites', '0000000d.json'));
  expect(await sweep()).toEqual({ removed: [], kept: [], unknown: [], failed: [] });
});

it.skipIf(process.platform !== 'linux')('ends no later process with a recorded number', async () => {
  const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  record('0000000a', site('0000000a'), dead, [{ pid: bystander.pid, started: '1' }]);
  expect((await sweep()).removed).toEqual(['site 0000000a']);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  bystander.kill('SIGKILL');
});

/** A process group of its own working in that folder; with `leaderGone` only what its leader has started is left. */
async function group(cwd: string, { leaderGone = false } = {}) {
  const leader = spawn('sh', ['-c', leaderGone ? 'sleep 60 & echo $!' : 'echo $$; exec sleep 60'], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Whoever lives holds this pipe.
  const ended = new Promise<'ended'>((resolve) => leader.stdout.once('close', () => resolve('ended')));
  const gone = new Promise((resolve) => leader.once('exit', resolve));
  const last = Number(await new Promise<Buffer>((resolve) => leader.stdout.once('data', resolve)));
  if (leaderGone) await gone;
  const pid = leader.pid ?? 0;
  onTestFinished(() => void (processExists(last) && process.kill(last, 'SIGKILL')));
  return { pid, started: leaderGone ? '1' : await processStart(pid), lives: () => processExists(last), ended };
}

describe.skipIf(process.platform !== 'linux')('of recorded processes', () => {
  it('ends one whose start is the recorded one', async () => {
    const { pid, started, ended } = await group(folder);
    record('0000000a', site('0000000a'), dead, [{ pid, started }]);
    expect(await sweep()).toMatchObject({ removed: ['site 0000000a'], failed: [] });
    expect(await ended).toBe('ended');
  });

  it.each([
    ['of another start of the machine', { boot: 'another' }, undefined],
    ['of another PID namespace', { space: '1.1' }, new Set(['site 0000000a'])],
  ])('signals none for an owner %s, whatever the numbers say', async (_what, difference, alsoRemove) => {
    const place = site('0000000a');
    const { pid, started, lives } = await group(place);
    record('0000000a', place, formatOwner({ ...here, machine: here.machine, ...difference }), [{ pid, started }]);
    expect((await sweep(alsoRemove)).removed).toEqual(['site 0000000a']);
    expect(lives()).toBe(true);
  });

  it.each([
    ['whose leader is gone', { leaderGone: true }],
    ['whose start was not noted in time', { leaderGone: false }],
  ])('ends a group %s when one in it shows whose it is, else leaves it and says so', async (_what, options) => {
    const place = site('0000000a');
    const ours = await group(path.join(place, 'data'), options);
    const others = await group(at('precious'), options);
    const started = options.leaderGone ? '1' : '';
    record('0000000a', place, dead, [
      { pid: ours.pid, started },
      { pid: others.pid, started },
    ]);
    expect((await sweep()).failed).toEqual([
      `The process group ${others.pid} of site 0000000a was left running: nothing shows that it is still this site's`,
    ]);
    expect(await ours.ended).toBe('ended');
    expect(others.lives()).toBe(true);
  });
});

it('knows a process by its site’s folder, and by no folder whose name only begins like it', () => {
  const lines = ` 7 Ss   node --require ${path.join('/w', '0000000a', 'guard.cjs')} unit.mjs\n 7 Z    (node)\n 8 S    sleep 1\n`;
  const members = membersOfPs(lines, 7);
  expect(members).toHaveLength(1);
  expect(members.map((member) => belongsToFolder(member, path.join('/w', '0000000a')))).toEqual([true]);
  expect(members.map((member) => belongsToFolder(member, path.join('/w', '0000000')))).toEqual([false]);
  expect(belongsToFolder({ command: '', folder: '/w/0000000a (deleted)' }, '/w/0000000a')).toBe(true);
  expect(belongsToFolder({ command: 'less\0x/w/0000000a', folder: '/w' }, '/w/0000000a')).toBe(false);
});
