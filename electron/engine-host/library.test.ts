import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { freeName } from './experiments.ts';
import { openLibrary } from './library.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-library-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a library', () => {
  test('keeps, replaces and forgets things by name', async () => {
    const library = openLibrary(path.join(folder, 'new'), z.strictObject({ n: z.number() }));
    expect(await library.list()).toEqual([]);
    await library.save('b', { n: 2 });
    await library.save('a', { n: 1 });
    await library.save('a', { n: 3 });
    expect(await library.list()).toEqual([{ n: 3 }, { n: 2 }]);
    await library.delete('a');
    await library.delete('a');
    expect(await library.list()).toEqual([{ n: 2 }]);
    expect(await readdir(path.join(folder, 'new'))).toEqual(['b.json']);
  });

  test('leaves damaged files alone and out', async () => {
    const library = openLibrary(folder, z.strictObject({ n: z.number() }));
    await writeFile(path.join(folder, 'torn.json'), '{"n":');
    await writeFile(path.join(folder, 'other.json'), '{"m":1}');
    await library.save('good', { n: 1 });
    expect(await library.list()).toEqual([{ n: 1 }]);
    expect(await readdir(folder)).toHaveLength(3);
  });
});

test('freeName is a name, not taken and never too long', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);
  fc.assert(
    fc.property(name, fc.array(name), fc.nat(5), (wanted, others, copies) => {
      const taken = new Set(others);
      for (let copy = 0; copy < copies; copy += 1) taken.add(freeName(wanted, taken));
      const free = freeName(wanted, taken);
      expect(taken.has(free)).toBe(false);
      expect(free).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    }),
  );
});
