import { access, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Architecture } from './architecture.ts';
import { runCommand } from './command.ts';
import type { BaseRecipe } from './recipe.ts';

const DOWNLOAD_TIME_LIMIT_MS = 120_000;
const UNPACK_TIME_LIMIT_MS = 30_000;

/** Throws where this machine has not what containers of that architecture need. */
export function assertSameKind(architecture: Architecture): void {
  if (process.platform !== 'linux' || process.arch !== architecture.node)
    throw new Error(`shared libraries for Linux on ${architecture.node} can be taken only from such a machine`);
}

/** Downloads the packages of a recipe and unpacks them below `folder`; needs no rights. Returns the root of the unpacked files, or the Error that says why there are none. */
export async function unpackPackages(
  recipe: Pick<BaseRecipe, 'packages'>,
  architecture: Architecture,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string | Error> {
  try {
    return await unpack(recipe.packages, architecture, folder, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function unpack(
  packages: readonly string[],
  architecture: Architecture,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const downloads = path.join(folder, 'debian');
  const root = path.join(folder, 'packages');
  await Promise.all([
    mkdir(path.join(downloads, 'lists', 'partial'), { recursive: true }),
    mkdir(root, { recursive: true }),
  ]);
  const names = packages.map((name) => `${name}:${architecture.debian}`);
  const limits = { cwd: downloads, timeLimitMs: DOWNLOAD_TIME_LIMIT_MS, signal };
  await runCommand('apt-get', ['download', '-qq', ...names], limits).catch(async () => {
    signal?.throwIfAborted();
    // A bare machine has no package lists yet; these are private, since the system's own are not ours to change.
    const ownLists = ['-o', `Dir::State::Lists=${path.join(downloads, 'lists')}`, '-o', `Dir::Cache=${downloads}`];
    await runCommand('apt-get', ['update', '-qq', ...ownLists], limits);
    await runCommand('apt-get', ['download', '-qq', ...ownLists, ...names], limits);
  });
  for (const file of await readdir(downloads)) {
    if (!file.endsWith('.deb')) continue;
    await runCommand('dpkg-deb', ['-x', file, root], { cwd: downloads, timeLimitMs: UNPACK_TIME_LIMIT_MS, signal });
  }
  return root;
}

/**
 * Paths of the shared libraries and the loader that a recipe asks for, by file name: from the unpacked packages, else the ones this machine itself runs with. All come from one
 * source, since a loader works only with its own libc. Throws where neither has them.
 */
export async function sharedLibraries(
  recipe: BaseRecipe,
  architecture: Architecture,
  packages: string | Error,
): Promise<Map<string, string>> {
  const unpacked = packages instanceof Error ? undefined : await findLibraries(packages, recipe, architecture);
  const found = unpacked ?? (await findLibraries('/', recipe, architecture));
  if (found !== undefined) return found;
  throw new Error('the shared libraries were found neither in Debian packages nor on this machine', {
    cause: packages,
  });
}

/** Every library and the loader below `root`, or undefined if one that is needed is missing. */
async function findLibraries(
  root: string,
  { libraries, optionalLibraries }: BaseRecipe,
  architecture: Architecture,
): Promise<Map<string, string> | undefined> {
  const folders = [
    `lib/${architecture.triplet}`,
    `usr/lib/${architecture.triplet}`,
    'lib64',
    'usr/lib64',
    'lib',
    'usr/lib',
  ];
  const loader = path.posix.basename(architecture.loader);
  const found = new Map<string, string>();
  for (const name of [loader, ...libraries, ...optionalLibraries]) {
    const file = await firstReadable(folders.map((folder) => path.join(root, folder, name)));
    if (file !== undefined) found.set(name, file);
    else if (!optionalLibraries.includes(name)) return undefined;
  }
  return found;
}

async function firstReadable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    try {
      await access(file);
      return file;
    } catch {
      // Looked for in the next folder.
    }
  }
  return undefined;
}
