import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const prefix = 'copy-';
/** What was left by a program that was killed meanwhile is nobody's after that long, ms. */
const oldMs = 24 * 3_600_000;

/** Lays files out in a new folder below `home`, which it makes, for as long as they are used. Paths are relative and stay inside. */
export async function withCopy<T>(
  home: string,
  files: Iterable<readonly [path: string, contents: Uint8Array]>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await removeOld(home);
  const folder = await mkdtemp(join(home, prefix));
  try {
    for (const [path, contents] of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, contents);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeOld(home: string): Promise<void> {
  for (const name of (await readdir(home)).filter((one) => one.startsWith(prefix))) {
    const made = await stat(join(home, name)).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > oldMs)
      await rm(join(home, name), { recursive: true, force: true });
  }
}
