import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLaboratory, type FakeLaboratoryOptions } from '../../engine/deploy/testing/index.ts';
import { addRelease } from './release.ts';

const shipped = path.resolve(import.meta.dirname, '..', '..', 'engine', 'deploy', 'testing', 'applications');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cleave-release-'));
  await cp(shipped, path.join(folder, 'applications'), { recursive: true });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** Edits the manifest of the smallest application, of which there is a copy for each test. */
async function edited(edit: (manifest: string) => string): Promise<void> {
  const file = path.join(folder, 'applications', 'pair', 'application.yaml');
  await writeFile(file, edit(await readFile(file, 'utf8')));
}

async function release(words: readonly string[], options: Partial<FakeLaboratoryOptions> = {}): Promise<string> {
  const places = { applicationsDirectory: path.join(folder, 'applications') };
  const program = new Command('cleave');
  addRelease(program, await fakeLaboratory({ folder, places, ...options }));
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  await program.parseAsync(['release', '--app', 'pair', '--topology', 'microservices', ...words], { from: 'user' });
  write.mockRestore();
  return written.join('');
}

/** In which order units were replaced, when they went out and when they came back. */
async function ordersOf(...words: string[]): Promise<string[][]> {
  const { release: there, back } = JSON.parse(await release([...words, '--json']));
  return [there, back].map(({ release: { replaced } }: { release: { replaced: { unit: string }[] } }) =>
    replaced.map(({ unit }) => unit),
  );
}

describe('the order of a release', () => {
  it('is what the kind of the change asks for', async () => {
    expect(await ordersOf('--change', 'louder')).toEqual([
      ['extra', 'front'],
      ['front', 'extra'],
    ]);
    await edited((manifest) => manifest.replace('kind: changed-default', 'kind: breaking-contract'));
    expect(await ordersOf('--change', 'louder')).toEqual([
      ['front', 'extra'],
      ['extra', 'front'],
    ]);
  });

  it('is another where one is asked for, and the other way round on the way back', async () => {
    expect(await ordersOf('--change', 'louder', '--order', 'callers-first')).toEqual([
      ['front', 'extra'],
      ['extra', 'front'],
    ]);
    await edited((manifest) => manifest.replace('kind: changed-default', 'kind: breaking-contract'));
    expect(await ordersOf('--change', 'louder', '--order', 'providers-first')).toEqual([
      ['extra', 'front'],
      ['front', 'extra'],
    ]);
  });

  it('is that of its own kind for what it builds on', async () => {
    await edited((manifest) =>
      manifest
        .replace('kind: changed-default', 'kind: breaking-contract')
        .replace(
          'kind: fix, patch: changes/better-work.patch',
          'kind: fix, after: louder, patch: changes/better-work.patch',
        ),
    );
    const started: string[] = [];
    await release(['--change', 'better-work'], {
      script: ({ call, unit }) => {
        if (call === 'start-unit') started.push(unit ?? '');
      },
    });
    // All three at first, then what it builds on.
    expect(started.slice(3, 5)).toEqual(['front', 'extra']);
  });
});

describe('contracts of a release', () => {
  it('are said not to be told where a unit has no document, and the release goes on', async () => {
    const withoutDocuments: Partial<FakeLaboratoryOptions> = {
      onCommand: (command) => {
        if ('url' in command && String(command.url).endsWith('/openapi.json')) throw new Error('nothing there');
      },
    };
    const told = await release(['--change', 'louder'], withoutDocuments);
    expect(told).toMatch(/contracts: not told, as unit "\w+" does not show its OpenAPI document: /);
    expect(told).toMatch(/Taken back after .*; no request of \d+ was lost\.\n$/);
    const { differences, differencesReason } = JSON.parse(
      await release(['--change', 'louder', '--json'], withoutDocuments),
    );
    expect([differences, differencesReason]).toEqual([
      null,
      expect.stringContaining('does not show its OpenAPI document'),
    ]);
  });
});
