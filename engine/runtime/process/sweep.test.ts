import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { formatOwner, thisOwner } from '../owner.ts';
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
