import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
});
