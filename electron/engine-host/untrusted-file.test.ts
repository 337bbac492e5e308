import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deeperThan, readUntrusted } from './untrusted-file.ts';

const schema = z.strictObject({ title: z.string() });
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-untrusted-'));
  file = path.join(folder, 'x.cleave');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = () => readUntrusted(file, schema, 'experiment', 2 ** 20);

describe('readUntrusted', () => {
  test('reads what fits', async () => {
    await writeFile(file, '{"title":"<script>alert(1)</script>"}');
    expect(await read()).toEqual({ title: '<script>alert(1)</script>' });
  });

  test.each([
    ['not JSON', '{"title"', /is not JSON/],
    ['a wrong type', '{"title":3}', /field "title"/],
    ['an unknown field', '{"title":"a","__proto__x":1}', /not a usable experiment/],
    ['deep nesting', '['.repeat(100_000), /nested deeper than 40/],
  ])('refuses %s', async (_what, text, message) => {
    await writeFile(file, text);
    await expect(read()).rejects.toThrow(message);
  });

  test('refuses 100 MB without reading it', async () => {
    await writeFile(file, '');
    await truncate(file, 100 * 2 ** 20);
    await expect(read()).rejects.toThrow('"x.cleave" is 100 MiB large; at most 1 MiB are read.');
  });

  test('refuses a folder and a missing file', async () => {
    await expect(read()).rejects.toThrow('cannot be opened');
    file = folder;
    await expect(read()).rejects.toThrow('is not a file');
  });
});

test('deeperThan agrees with the depth of any JSON value', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.nat(6), (json, maximum) => {
      expect(deeperThan(json, maximum)).toBe(depthOf(JSON.parse(json)) > maximum);
    }),
  );
});
