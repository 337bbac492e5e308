import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './command.ts';
import type { LayoutEntry } from './layout.ts';
import type { BaseRecipe, Ingredients } from './recipe.ts';

const SERIES = '3.11';
const STANDARD_LIBRARY = `usr/lib/python${SERIES}`;
const COMPILE_LIMIT_MS = 120_000;

/** What units in Python stand on: the interpreter and its standard library. */
export const pythonBase: BaseRecipe = {
  ...{ title: 'Python', tag: 'python', version: SERIES, official: `python:${SERIES}-slim-bookworm` },
  packages: [
    `python${SERIES}-minimal`,
    `libpython${SERIES}-minimal`,
    `libpython${SERIES}-stdlib`,
    ...['libc6', 'libexpat1', 'zlib1g', 'libssl3', 'libffi8', 'libbz2-1.0', 'liblzma5', 'libuuid1', 'libsqlite3-0'],
  ],
  libraries: [
    'libc.so.6',
    'libm.so.6',
    'libdl.so.2',
    'libpthread.so.0',
    'librt.so.1',
    'libresolv.so.2',
    'libnss_dns.so.2',
    'libnss_files.so.2',
    'libexpat.so.1',
    'libz.so.1',
    'libssl.so.3',
    'libcrypto.so.3',
    'libffi.so.8',
    'libbz2.so.1.0',
    'liblzma.so.5',
    'libuuid.so.1',
    'libsqlite3.so.0',
  ],
  optionalLibraries: [],
  configuration: ['ENV LANG=C.UTF-8', 'CMD ["python"]'],
  programs: interpreter,
  revision: 1,
};

async function interpreter({ packages, architecture, signal }: Ingredients): Promise<LayoutEntry[]> {
  if (packages === null)
    throw new Error('the interpreter of Python is put together from Debian packages, and there is no apt here');
  await compile(packages, architecture.loader, signal);
  const library = await readdir(path.join(packages, STANDARD_LIBRARY), { recursive: true, withFileTypes: true });
  const files = library
    .filter((entry) => entry.isFile())
    .map((entry): LayoutEntry => {
      const source = path.join(entry.parentPath, entry.name);
      return { type: 'file', path: path.relative(packages, source).split(path.sep).join('/'), mode: 0o644, source };
    });
  const program = `usr/bin/python${SERIES}`;
  return [
    ...files,
    { type: 'file', path: program, mode: 0o755, source: path.join(packages, program) },
    { type: 'link', path: 'usr/local/bin/python', target: `../../bin/python${SERIES}` },
    { type: 'link', path: 'usr/local/bin/python3', target: `../../bin/python${SERIES}` },
  ];
}

/**
 * As Debian does when it installs the packages: the root of a unit is read-only, so that each start would compile the library anew. The packages' own interpreter does it, with
 * the packages' own libraries; without it units start, only later.
 */
async function compile(root: string, loader: string, signal: AbortSignal | undefined): Promise<void> {
  const libraries = (await readdir(path.join(root, 'usr/lib'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name.endsWith('-linux-gnu'))
    .flatMap(({ name }) => [path.join(root, 'usr/lib', name), path.join(root, 'lib', name)]);
  const place = path.join(root, STANDARD_LIBRARY);
  const program = path.join(root, `usr/bin/python${SERIES}`);
  const compiling = ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', '-s', root, '-p', '/', place];
  const alone = ['-I', '-S', '-B'];
  await runCommand(
    path.join(root, loader.slice(1)),
    ['--library-path', libraries.join(':'), program, ...alone, ...compiling],
    { cwd: root, timeLimitMs: COMPILE_LIMIT_MS, signal, environment: { PYTHONHOME: path.join(root, 'usr') } },
  ).catch(() => signal?.throwIfAborted());
}
