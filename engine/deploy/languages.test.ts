import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { shareGoCache } from '../../tests/support/go-cache.ts';
import { describeLanguages } from '../../tests/support/languages.ts';
import { spokenApplications } from '../languages/testing/index.ts';
import { parseTopology, type Language, type Unit } from '../model/index.ts';
import { BundleError, bundleUnits, type BundledUnit, type BundleOptions } from './bundle.ts';
import { changesUpTo, editSources } from './edit.ts';
import { hashSources } from './hash-sources.ts';
import { impactOfChanges } from './impact.ts';
import { loadApplication } from './manifest.ts';
import { measureStructure } from './structure.ts';
import { laboratoryOfThisMachine } from './this-machine.ts';

/** The first program that is compiled brings all of the standard library with it. */
const cold = { timeout: 300_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'cleave-languages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const workDirectory = path.join(folder, 'work');
shareGoCache(workDirectory);
const spoken = await loadApplication(spokenApplications, 'spoken');

const work = (language: Language): Unit => ({ name: 'work', modules: ['work'], language });
const inThe = (applicationsDirectory: string) => ({ applicationsDirectory, workDirectory });

async function made(
  language: Language,
  options?: BundleOptions,
  applications = spokenApplications,
): Promise<BundledUnit> {
  const [only] = (await bundleUnits(inThe(applications), spoken, [work(language)], options)).values();
  if (only === undefined) throw new Error('nothing was made');
  return only;
}

const edit = (change: string, applications = spokenApplications) =>
  editSources(applications, spoken, changesUpTo(spoken, change));

/** A copy of the applications that a test may spoil. */
function copied(): string {
  const copy = path.join(mkdtempSync(path.join(folder, 'copy-')), 'applications');
  cpSync(spokenApplications, copy, { recursive: true });
  return copy;
}

async function refusal(
  language: Language,
  options: BundleOptions = {},
  applications = spokenApplications,
): Promise<string> {
  const error: unknown = await made(language, options, applications).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BundleError);
  return (error as BundleError).message;
}

await describeLanguages('a unit in another language', () => {
  it(
    'is one executable in Go, the same of the same sources, of which nothing but the program comes out',
    cold,
    async () => {
      const [one, again] = [await made('go'), await made('go')];
      expect(Object.keys(one.files)).toEqual(['unit']);
      expect([again.hash, again.files['unit']?.length]).toEqual([one.hash, one.files['unit']?.length]);
      expect(one.sources.map((file) => path.relative(spokenApplications, file))).toEqual([
        'spoken/work/go/logic.go',
        'spoken/work/go/main.go',
        'kit-go/serve.go',
      ]);
      const program = path.join(folder, 'program');
      writeFileSync(program, one.files['unit'] ?? '', { mode: 0o755 });
      await expect(promisify(execFile)(program, { env: { TEST_UNIT: 'none' } })).rejects.toMatchObject({ code: 2 });
    },
  );

  it('is compiled for another machine', cold, async () => {
    const target = { os: 'linux', architecture: process.arch === 'x64' ? 'arm64' : 'x64' } as const;
    const [here, there] = [await made('go'), await made('go', { target })];
    expect(there.hash).not.toBe(here.hash);
    // What an executable of Linux is for is in its 19th byte: 62 for x64, 183 for arm64.
    expect(there.files['unit']?.[18]).toBe(target.architecture === 'x64' ? 62 : 183);
  });

  it('is its files with the packages of the kit beside them in Python', async () => {
    const [one, again] = [await made('python'), await made('python')];
    expect(Object.keys(one.files).toSorted()).toEqual(['cleave_kit/__init__.py', 'logic.py', 'main.py']);
    expect(again.hash).toBe(one.hash);
    const { files } = await made('python', { edit: await edit('louder') });
    expect(new TextDecoder().decode(files['logic.py'])).toContain('WORK in Python');
    expect(new TextDecoder().decode(one.files['logic.py'])).toContain('work in Python');
  });

  it.each(['go', 'python'] as const)(
    'is another after an edit, also where nothing is compiled: %s',
    async (language) => {
      const changed = { edit: await edit('louder') };
      expect((await made(language, changed)).hash).not.toBe((await made(language)).hash);
      const quick = path.join(folder, `quick-${language}`);
      const hashOf = async (options: BundleOptions) => {
        const places = { applicationsDirectory: spokenApplications, workDirectory: quick };
        const units = await bundleUnits(places, spoken, [work(language)], { ...options, packages: 'left-out' });
        return units.get('work')?.hash;
      };
      expect(await hashOf({})).toBe(await hashOf({}));
      expect(await hashOf(changed)).not.toBe(await hashOf({}));
      expect(existsSync(quick)).toBe(false);
    },
  );

  it('is made together with others in their languages, in the order asked for', async () => {
    const cut = parseTopology('apart=work@go:work|front:front');
    const units = await bundleUnits(inThe(spokenApplications), spoken, cut.units);
    expect([...units].map(([name, unit]) => [name, unit.language, Object.keys(unit.files)])).toEqual([
      ['work', 'go', ['unit']],
      ['front', 'typescript', ['unit.mjs']],
    ]);
  });

  it('that has mistakes is refused with the first of them', async () => {
    const broken = { edit: await edit('broken') };
    expect(await refusal('go', broken)).toBe('unit "work" cannot be built in Go: logic.go:5:9: undefined: undone');
    expect(await refusal('python', broken)).toMatch(
      /^unit "work" cannot be built in Python: logic\.py:4: invalid syntax/,
    );
  });

  it.each<[string, Language, (applications: string) => void, RegExp]>([
    [
      'a link to a file elsewhere',
      'go',
      (applications) => symlinkSync('/etc/hostname', path.join(applications, 'spoken/work/go/secret.txt')),
      /cannot be built in Go: it holds \/etc\/hostname, which is outside of the application and its kit$/,
    ],
    [
      'a link to a file elsewhere',
      'python',
      (applications) => symlinkSync('/etc/hostname', path.join(applications, 'kit-python/cleave_kit/secret.txt')),
      /cannot be built in Python: it holds \/etc\/hostname, which is outside of the application and its kit$/,
    ],
    [
      'a module that lies elsewhere',
      'go',
      (applications) => {
        const file = path.join(applications, 'spoken/work/go/go.mod');
        writeFileSync(file, readFileSync(file, 'utf8').replace('../../../kit-go', '../../../other'));
        mkdirSync(path.join(applications, 'other'));
      },
      /cannot be built in Go: it holds \S+other, which is outside of the application and its kit$/,
    ],
    [
      'a kit that is a way to another folder',
      'python',
      (applications) => {
        rmSync(path.join(applications, 'kit-python'), { recursive: true });
        symlinkSync(tmpdir(), path.join(applications, 'kit-python'));
      },
      /cannot be built in Python: it holds \S+, which is outside of the application and its kit$/,
    ],
    [
      'a package that is nowhere here',
      'go',
      (applications) => {
        const file = path.join(applications, 'spoken/work/go/more.go');
        writeFileSync(file, 'package main\n\nimport _ "example.com/elsewhere"\n');
      },
      /cannot be built in Go: more\.go:3:8: no required module provides package example\.com\/elsewhere/,
    ],
    [
      'no program to start',
      'python',
      (applications) => rmSync(path.join(applications, 'spoken/work/python/main.py')),
      /cannot be built in Python: there is no main\.py in /,
    ],
  ])('has nothing in it of the machine it is made on: %s (%s)', async (_what, language, spoil, sentence) => {
    const applications = copied();
    spoil(applications);
    expect(await refusal(language, {}, applications)).toMatch(sentence);
  });

  it('is refused where the cut is wrong, whatever was checked before', async () => {
    const refused = (unit: Unit) => bundleUnits(inThe(spokenApplications), spoken, [unit]);
    await expect(refused({ name: 'all', modules: ['front', 'work'], language: 'go' })).rejects.toThrow(
      'unit "all" cannot be built in Go: a unit in Go has one module, and it has 2',
    );
    await expect(refused({ name: 'front', modules: ['front'], language: 'python' })).rejects.toThrow(
      'unit "front" cannot be built in Python: its module "front" is not written in Python',
    );
  });

  it('is part of what changes get into, of the structure, and of the hash of all sources', async () => {
    const laboratory = laboratoryOfThisMachine({
      ...{ version: 'test', sourceCommit: null, applicationsDirectory: spokenApplications, workDirectory },
      ...{ dataDirectory: folder, stateDirectory: folder, nodePath: process.execPath },
      agentProgram: async () => new Uint8Array(),
    });
    const cuts = ['plain=front:front|work:work', 'go=front:front|work@go:work', 'snake=front:front|work@python:work'];
    const topologies = cuts.map(parseTopology);
    const changes = ['louder', 'longer'];
    expect(await impactOfChanges(laboratory, spoken, { topologies, changes })).toMatchObject([
      { change: 'louder', modules: ['work'], units: { plain: ['work'], go: ['work'], snake: ['work'] } },
      { change: 'longer', modules: ['work'], units: { plain: [], go: ['work'], snake: [] } },
    ]);
    const structureOf = async (cut: string) =>
      measureStructure(laboratory, spoken, parseTopology(cut), { changes: false });
    const lines = await Promise.all(
      cuts.map(async (cut) => (await structureOf(cut)).modules.find(({ module }) => module === 'work')),
    );
    expect(lines.map((one) => [one?.files, one?.lines])).toEqual([
      [1, 1],
      [2, 7],
      [2, 5],
    ]);
    const applications = copied();
    const before = await hashSources(applications, spoken);
    for (const [file, counts] of [
      ['spoken/work/go/logic.go', true],
      ['spoken/work/go/logic_test.go', false],
      ['spoken/work/go/go.mod', true],
      ['kit-go/serve.go', true],
      ['kit-python/cleave_kit/__init__.py', true],
      ['kit-python/README.md', false],
    ] as const) {
      const text = readFileSync(path.join(applications, file));
      writeFileSync(path.join(applications, file), `${text.toString()}\n`);
      expect([file, (await hashSources(applications, spoken)) !== before]).toEqual([file, counts]);
      writeFileSync(path.join(applications, file), text);
    }
  });
});
