import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram } from './bundle.ts';
import { mergeRepeatedSignals } from './one-signal.ts';

describe('mergeRepeatedSignals', () => {
  function heard(presses: readonly (readonly [atMs: number, signal: string])[]): string[] {
    const target = new EventEmitter() as NodeJS.Process;
    const signals: string[] = [];
    let nowMs = 0;
    mergeRepeatedSignals(target, () => nowMs);
    for (const signal of ['SIGINT', 'SIGTERM', 'exit']) target.on(signal, () => signals.push(signal));
    for (const [atMs, signal] of presses) {
      nowMs = atMs;
      target.emit(signal as 'SIGINT', 'SIGINT');
    }
    return signals;
  }

  it('makes the copies of one key press one signal', () => {
    expect(
      heard([
        [1000, 'SIGINT'],
        [1001, 'SIGINT'],
        [1090, 'SIGINT'],
      ]),
    ).toEqual(['SIGINT']);
  });

  it('lets a second press through', () => {
    expect(
      heard([
        [1000, 'SIGINT'],
        [2000, 'SIGINT'],
      ]),
    ).toEqual(['SIGINT', 'SIGINT']);
  });

  it('keeps other signals and events apart', () => {
    expect(
      heard([
        [1000, 'SIGINT'],
        [1001, 'SIGTERM'],
        [1002, 'exit'],
        [1003, 'exit'],
      ]),
    ).toEqual(['SIGINT', 'SIGTERM', 'exit', 'exit']);
  });
});

describe('bundleProgram', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-bundle-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('leaves every file its place, and text about places as it is', async () => {
    const entry = path.join(folder, 'main.ts');
    await mkdir(path.join(folder, 'room'));
    await writeFile(entry, "export * from './room/a.ts'; export const main: boolean = import.meta.main;");
    await writeFile(
      path.join(folder, 'room', 'a.ts'),
      "export const places = [import.meta.dirname, import.meta.url, import.meta.main]; export const text = 'import.meta.url';",
    );
    const outfile = path.join(folder, 'dist', 'main.js');
    await bundleProgram(entry, outfile);
    const room = path.join(folder, 'room');
    expect({ ...(await import(pathToFileURL(outfile).href)) }).toEqual({
      main: true,
      places: [room, pathToFileURL(path.join(room, 'a.ts')).href, false],
      text: 'import.meta.url',
    });
  });

  it('is done again when a source changed, and only then, and leaves nothing half written', async () => {
    const [entry, part, outfile] = ['main.ts', 'part.ts', 'dist/main.js'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    const long = new Date('2020-01-01');
    const write = async (file: string, text: string, at = long): Promise<void> => {
      await writeFile(file, text);
      await utimes(file, at, at);
    };
    await write(entry, "export * from './part.ts';");
    await write(part, 'export const said = 1;');
    await bundleProgram(entry, outfile);
    await writeFile(outfile, 'kept');
    await bundleProgram(entry, outfile);
    expect(await readFile(outfile, 'utf8')).toBe('kept');

    await write(part, 'export const said = 2;', new Date('2020-01-02'));
    await bundleProgram(entry, outfile);
    expect(await readFile(outfile, 'utf8')).toContain('said = 2');

    await rm(part);
    await write(path.join(folder, 'other.ts'), 'export const said = 3;');
    await write(entry, "export * from './other.ts';");
    await bundleProgram(entry, outfile);
    expect(await readFile(outfile, 'utf8')).toContain('said = 3');
    expect((await readdir(path.dirname(outfile))).toSorted()).toEqual([
      'main.js',
      'main.js.made-of.json',
      'main.js.map',
    ]);
  });

  it('is done again after a source that was written while it was read', async () => {
    const entry = path.join(folder, 'main.ts');
    const outfile = path.join(folder, 'dist', 'main.js');
    await writeFile(entry, 'export const said = 1;');
    const soon = new Date(Date.now() + 60_000);
    await utimes(entry, soon, soon);
    await bundleProgram(entry, outfile);
    await writeFile(outfile, 'kept');
    await bundleProgram(entry, outfile);
    expect(await readFile(outfile, 'utf8')).toContain('said = 1');
  });
});
