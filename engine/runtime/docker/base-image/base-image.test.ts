import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { extract, type Header } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { architectureOf } from './architecture.ts';
import { layoutOf, type LayoutEntry } from './layout.ts';
import { nodeBase } from './node.ts';
import { pythonBase } from './python.ts';
import { recipeHash } from './recipe.ts';
import { tarOf } from './tar.ts';

const x64 = architectureOf('x86_64');
const arm64 = architectureOf('aarch64');

const program = (source: string): LayoutEntry => ({ type: 'file', path: 'usr/local/bin/node', mode: 0o755, source });

async function unpack(tar: NodeJS.ReadableStream): Promise<Map<string, { header: Header; text: string }>> {
  const archive = extract();
  tar.on('error', (error: Error) => archive.destroy(error)).pipe(archive);
  const entries = new Map<string, { header: Header; text: string }>();
  for await (const entry of archive) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    entries.set(entry.header.name, { header: entry.header, text: Buffer.concat(chunks).toString() });
  }
  return entries;
}

describe('recipe', () => {
  it('has a hash of its own for every architecture, the same every time', () => {
    expect(recipeHash(nodeBase, x64)).toBe(recipeHash(nodeBase, architectureOf('amd64')));
    expect(
      new Set([nodeBase, pythonBase].flatMap((base) => [recipeHash(base, x64), recipeHash(base, arm64)])).size,
    ).toBe(4);
    expect(recipeHash(nodeBase, x64)).toMatch(/^[0-9a-f]{12}$/);
  });

  it('refuses an architecture without a base image by its name', () => {
    expect(() => architectureOf('riscv64')).toThrow(/riscv64/);
  });
});

describe('layout', () => {
  it.each([x64, arm64])('puts every folder before what is in it ($debian)', (architecture) => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...new Set([...nodeBase.libraries, ...pythonBase.libraries])]), (names) => {
        const seen = new Set<string>(['.']);
        for (const entry of layoutOf(architecture, {
          programs: [program('/n')],
          libraries: new Map(names.map((name) => [name, `/x/${name}`])),
        })) {
          expect(seen.has(path.posix.dirname(entry.path))).toBe(true);
          expect(seen.has(entry.path)).toBe(false);
          seen.add(entry.path);
        }
      }),
    );
  });

  it.each([x64, arm64])('makes the loader reachable under the name that programs ask for ($debian)', (architecture) => {
    const loader = path.posix.basename(architecture.loader);
    const entries = layoutOf(architecture, { programs: [program('/n')], libraries: new Map([[loader, '/x']]) });
    const links = new Map(
      entries.flatMap((entry) => (entry.type === 'link' ? [[entry.path, entry.target] as const] : [])),
    );
    const asked = architecture.loader.slice(1);
    const folder = path.posix.dirname(asked);
    const resolved = links.has(asked)
      ? path.posix.join(folder, links.get(asked) ?? '')
      : path.posix.join(links.get(folder) ?? folder, loader);
    expect(entries).toContainEqual(expect.objectContaining({ type: 'file', path: resolved }));
  });
});

describe('tar', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-tar-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('carries modes, owners, links and content', async () => {
    const node = path.join(folder, 'node');
    await writeFile(node, 'binary');
    const entries = await unpack(tarOf(layoutOf(x64, { programs: [program(node)], libraries: new Map() })));
    expect(entries.get('usr/local/bin/node')).toMatchObject({ text: 'binary', header: { mode: 0o755, uid: 0 } });
    expect(entries.get('tmp/')?.header).toMatchObject({ mode: 0o1777, type: 'directory' });
    expect(entries.get('home/node/')?.header).toMatchObject({ uid: 1000, gid: 1000 });
    expect(entries.get('lib64')?.header).toMatchObject({ type: 'symlink', linkname: 'lib/x86_64-linux-gnu' });
    expect(entries.get('etc/nsswitch.conf')?.text).toContain('hosts: files dns');
  });

  it('fails when a source file is missing', async () => {
    await expect(
      unpack(tarOf([{ type: 'file', path: 'node', mode: 0o755, source: path.join(folder, 'none') }])),
    ).rejects.toThrow(/ENOENT/);
  });
});
