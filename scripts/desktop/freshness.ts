import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

const sourceFolders = ['engine', 'report', 'electron', 'renderer', 'scripts/desktop'];
const sourceFiles = ['electron.vite.config.ts', 'package.json', 'package-lock.json'];
const stampName = 'out/.built-from';

/** Whether out/ was built from exactly the sources that are there now. */
export async function isFresh(root: string): Promise<boolean> {
  const [kept, now] = await Promise.all([
    readFile(path.join(root, stampName), 'utf8').catch(() => ''),
    fingerprint(root),
  ]);
  return kept === now;
}

/** Remembers that out/ is up to date. */
export async function rememberBuild(root: string): Promise<void> {
  await writeFile(path.join(root, stampName), await fingerprint(root));
}

/** Names, sizes and times of every source file: cheap, and different whenever one was written. */
async function fingerprint(root: string): Promise<string> {
  const lists = await Promise.all(
    sourceFolders.map(async (folder) => {
      const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name));
    }),
  );
  const files = [...lists.flat(), ...sourceFiles.map((file) => path.join(root, file))].toSorted();
  const hash = createHash('sha256');
  for (const file of files) {
    const facts = await stat(file).catch(() => null);
    hash.update(`${path.relative(root, file)} ${facts?.size ?? -1} ${facts?.mtimeMs ?? 0}\n`);
  }
  return hash.digest('hex');
}
