import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseYaml } from '../../files/index.ts';
import { applicationSchema } from '../../model/index.ts';
import type { BuildOrder } from '../program.ts';
import { spokenApplications } from '../testing/index.ts';
import { firstErrorOf, goBuilder } from './builder.ts';
import { findGo } from './compiler.ts';
import { prebuiltName } from './prebuilt.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-go-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = readFileSync(path.join(spokenApplications, 'spoken', 'application.yaml'), 'utf8');
const applicationsDirectory = path.join(folder, 'applications');
cpSync(spokenApplications, applicationsDirectory, { recursive: true });
const sources = path.join(applicationsDirectory, 'spoken', 'work', 'go');
const order: BuildOrder = {
  applicationsDirectory,
  application: applicationSchema.parse(parseYaml(manifest, 'the manifest')),
  units: [{ name: 'work', modules: ['work'], language: 'go' }],
  files: new Map(),
  packages: 'bundled',
  target: { os: 'linux', architecture: 'arm64' },
  workDirectory: path.join(folder, 'work'),
  signal: undefined,
};

describe('without a compiler', () => {
  const build = goBuilder(async () => null);

  it('only the program that was compiled of exactly these sources for that machine is taken', async () => {
    const hashOf = async (files: BuildOrder['files']) =>
      (await build({ ...order, files, packages: 'left-out' })).get('work')?.hash ?? '';
    const edited = new Map([[path.join(sources, 'logic.go'), 'package main\n']]);
    mkdirSync(path.join(sources, 'prebuilt'));
    writeFileSync(path.join(sources, 'prebuilt', prebuiltName(await hashOf(new Map()), order.target)), 'compiled');
    const found = (await build(order)).get('work');
    expect(new TextDecoder().decode(found?.files['unit'])).toBe('compiled');
    expect(found?.sources.map((file) => path.basename(file))).toEqual(['logic.go', 'main.go', 'serve.go']);
    for (const other of [{ files: edited }, { target: { os: 'linux', architecture: 'x64' } as const }])
      await expect(build({ ...order, ...other })).rejects.toThrow(
        /^there is no Go compiler on the PATH, .*; install Go 1\.19 or newer \(https:\/\/go\.dev\/dl, on Debian: apt-get install golang-go\)$/,
      );
  });
});

describe('with a compiler', () => {
  /** A program in its place that writes its number and that of what it starts, and goes on for ever. */
  const endless = (): { program: string; started: string } => {
    const [program, started] = [path.join(folder, 'endless'), path.join(folder, 'started')];
    writeFileSync(
      program,
      `#!/bin/sh\nsleep 1000 &\necho $$ $! > ${started}.new\nmv ${started}.new ${started}\nwait\n`,
    );
    chmodSync(program, 0o755);
    return { program, started };
  };
  const isThere = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  };

  it.skipIf(process.platform !== 'linux')('ends it with all it started once nobody waits any more', async () => {
    const { program, started } = endless();
    const stop = new AbortController();
    const building = goBuilder(async () => program)({ ...order, signal: stop.signal });
    const refused = expect(building).rejects.toThrow('nobody waits');
    const pids = await vi.waitFor(() => readFileSync(started, 'utf8').trim().split(' ').map(Number), 20_000);
    expect([pids.length, pids.every(isThere)]).toEqual([2, true]);
    stop.abort(new Error('nobody waits'));
    await refused;
    await vi.waitFor(() => expect(pids.some(isThere)).toBe(false), 20_000);
    expect(existsSync(path.join(order.workDirectory, 'go', 'cache'))).toBe(false);
  });

  it('says the first thing that is wrong, and not where its copy lies', () => {
    const said = '# example.test/work\n./logic.go:5:9: undefined: x\n./logic.go:6:1: more\n';
    expect(firstErrorOf(said, '/copy')).toBe('logic.go:5:9: undefined: x');
    expect(firstErrorOf('go: errors parsing go.mod:\n/copy/go.mod:3: bad\n', '/copy')).toBe(
      'errors parsing go.mod: go.mod:3: bad',
    );
    expect(firstErrorOf('', '/copy')).toBe('the compiler gave no reason');
  });
});

it('is looked for on the path first', async () => {
  const program = path.join(folder, 'go');
  writeFileSync(program, '');
  chmodSync(program, 0o755);
  expect(await findGo({ PATH: `relative${path.delimiter}${folder}` })).toBe(program);
});
