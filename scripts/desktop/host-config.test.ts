import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';
import { build } from 'vite';
import { expect, test, vi } from 'vitest';
import type * as histograms from '../../engine/model/index.ts';
import { hostConfig } from './host-config.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

test('in the engine host histograms are packed and unpacked by Node’s zlib, and nothing is left that makes code of text', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-host-config-'));
  try {
    const entry = path.join(folder, 'entry.ts');
    const source = path.join(root, 'engine', 'model', 'histogram.ts');
    await writeFile(
      entry,
      `export { decodeHistogram, encodeHistogram, newHistogram } from ${JSON.stringify(pathToFileURL(source).pathname)};`,
    );
    await build(hostConfig(root, { entry, outDir: path.join(folder, 'out') }));
    const built = path.join(folder, 'out', 'index.js');
    expect(await readFile(built, 'utf8')).not.toMatch(/\beval\(/);

    const packing = vi.spyOn(zlib, 'deflateSync');
    const unpacking = vi.spyOn(zlib, 'inflateSync');
    const host = (await import(pathToFileURL(built).href)) as typeof histograms;
    const histogram = host.newHistogram();
    histogram.recordValue(1234);
    expect(host.decodeHistogram(host.encodeHistogram(histogram)).totalCount).toBe(1);
    expect(packing).toHaveBeenCalledOnce();
    expect(unpacking).toHaveBeenCalledOnce();
  } finally {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
