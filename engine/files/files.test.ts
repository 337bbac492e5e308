import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  inTime,
  isAnyQuestionStuck,
  makeFolder,
  makeFolderSync,
  readRest,
  replaceFile,
  replaceFileSync,
  tryFolder,
  whileOpen,
} from './index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ways: [string, (name: string, mode?: number) => Promise<void>][] = [
  ['waiting', makeFolder],
  ['at once', async (name, mode) => makeFolderSync(name, mode)],
];

describe.each(ways)('making a folder, %s', (_way, make) => {
  it('makes those above it too, and only the last gets the mode', async () => {
    await make(path.join(folder, 'a', 'b', 'c'), 0o700);
    expect(statSync(path.join(folder, 'a', 'b', 'c')).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, 'a')).mode & 0o777).toBe(0o777 & ~process.umask());
  });

  it('is fine with one that is there, through a link too, and leaves its mode', async () => {
    mkdirSync(path.join(folder, 'there'), { mode: 0o711 });
    symlinkSync(path.join(folder, 'there'), path.join(folder, 'link'));
    await make(path.join(folder, 'there'), 0o700);
    await make(path.join(folder, 'link', 'below'));
    expect(statSync(path.join(folder, 'there')).mode & 0o777).toBe(0o711);
    expect(statSync(path.join(folder, 'there', 'below')).isDirectory()).toBe(true);
  });

  it('says what is in the way', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'dangling'));
    for (const name of ['file', 'file/below', 'dangling', 'dangling/below']) {
      await expect(make(path.join(folder, name)), name).rejects.toMatchObject({
        code: expect.stringMatching(/^(ENOTDIR|ENOENT)$/) as unknown,
      });
    }
  });

  it
    .skipIf(process.platform !== 'linux')
    .each(['/proc/nope', '/proc/nope/below', '/proc/self/nope', '/sys/nope/below'])(
    'comes to an end where nothing can be made: %s',
    async (name) => {
      await expect(make(name)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) as unknown });
    },
  );
});

const replacing: [string, (file: string, content: string | Uint8Array) => Promise<void>][] = [
  ['waiting', replaceFile],
  ['at once', async (file, content) => replaceFileSync(file, content)],
];

describe.each(replacing)('replacing a file, %s', (_way, replace) => {
  it('makes it with its folder, replaces it, and leaves nothing beside it', async () => {
    const file = path.join(folder, 'below', 'file');
    await replace(file, 'old');
    await replace(file, new TextEncoder().encode('new'));
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(path.dirname(file))).toEqual(['file']);
  });

  it('leaves what was there, and nothing beside it, where it cannot', async () => {
    mkdirSync(path.join(folder, 'file'));
    await expect(replace(path.join(folder, 'file'), 'new')).rejects.toThrow(/folder|not a file/);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('trying a folder', () => {
  it('makes it where it is missing and leaves nothing in it', async () => {
    await tryFolder(path.join(folder, 'a', 'b'), 0o700);
    expect(readdirSync(path.join(folder, 'a', 'b'))).toEqual([]);
    expect(statSync(path.join(folder, 'a', 'b')).mode & 0o777).toBe(0o700);
    await tryFolder(path.join(folder, 'a'));
    expect(readdirSync(path.join(folder, 'a'))).toEqual(['b']);
  });

  it.skipIf(process.platform !== 'linux').each(['/proc', '/proc/self', '/sys', '/proc/nope'])(
    'says that nothing can be written, whatever the rights of the folder say: %s',
    async (name) => {
      await expect(tryFolder(name)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) as unknown });
    },
  );
});

describe('a question about a path', () => {
  it('gives its answer', async () => {
    expect(await inTime(Promise.resolve(7))).toBe(7);
    await expect(inTime(Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(isAnyQuestionStuck()).toBe(false);
  });

  it('is not given up because this program was busy itself', async () => {
    const asked = inTime(stat(folder), 20);
    const endMs = performance.now() + 200;
    while (performance.now() < endMs);
    expect((await asked).isDirectory()).toBe(true);
    expect(isAnyQuestionStuck()).toBe(false);
  });

  it('is given up when there is none, and remembered until there is one', async () => {
    let answer = (_value: number): void => {};
    const question = new Promise<number>((resolve) => {
      answer = resolve;
    });
    await expect(inTime(question, 20)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(isAnyQuestionStuck()).toBe(true);
    answer(1);
    await question;
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnyQuestionStuck()).toBe(false);
  });
});

describe('reading a file', () => {
  it('has all of it, in as many pieces as it takes, or as much as is wanted', async () => {
    const file = path.join(folder, 'file');
    for (const bytes of [0, 1, 700_000]) {
      const content = Buffer.alloc(bytes, 'abc');
      writeFileSync(file, content);
      expect((await whileOpen(file, (handle) => readRest(handle, 1e6))).equals(content)).toBe(true);
      expect(await whileOpen(file, (handle) => readRest(handle, 10))).toHaveLength(Math.min(bytes, 10));
    }
  });
});
