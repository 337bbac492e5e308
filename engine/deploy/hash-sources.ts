import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { kitFolderOf } from '../languages/index.ts';
import { otherLanguages, type Application } from '../model/index.ts';

/** What units are made of, in all languages, without what only tests need. */
const isSource = (name: string): boolean =>
  (/\.(ts|yaml|css|json|go|py)$/.test(name) || name === 'go.mod' || name === 'go.sum') &&
  !/\.test\.ts$|_test\.go$|_test\.py$|^test_.*\.py$/.test(name);

/** Hash over every source file of the application and its kits: the same for every cut of one commit. */
export async function hashSources(applicationsDirectory: string, application: Application): Promise<string> {
  const root = join(applicationsDirectory, application.name);
  const written = otherLanguages.filter((language) =>
    Object.values(application.modules).some(({ languages = {} }) => languages[language] !== undefined),
  );
  const kits = written.map((language) => kitFolderOf(applicationsDirectory, application, language));
  const there = await Promise.all(kits.map((folder) => isFolder(folder)));
  const hash = createHash('sha256');
  const folders = [root, resolve(root, application.kit, '..'), ...kits.filter((_, index) => there[index])];
  for (const directory of folders.toSorted()) {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && isSource(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of files.toSorted()) {
      hash
        .update(relative(applicationsDirectory, path))
        .update('\0')
        .update(await readFile(path))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
