import { join, resolve, sep } from 'node:path';
import type { Application } from '../model/index.ts';

/**
 * Which module an absolute path is a file of; null: of none. A module has what lies in the folder of its source file, and in those of its other languages; where several modules lie in one folder each has its
 * source file alone, and what lies in a folder within another's belongs to the inner one.
 */
export function ownerOfFiles(applicationsDirectory: string, application: Application): (file: string) => string | null {
  const root = join(applicationsDirectory, application.name);
  const sources = Object.entries(application.modules).map(([name, { source }]) => ({
    name,
    file: resolve(root, source),
    folder: resolve(root, source, '..'),
  }));
  const others = Object.entries(application.modules).flatMap(([name, { languages = {} }]) =>
    Object.values(languages).map((folder) => ({ name, folder: resolve(root, folder) })),
  );
  const folders = [...sources, ...others]
    .filter(({ folder }, _index, all) => all.filter((one) => one.folder === folder).length === 1)
    .toSorted((a, b) => b.folder.length - a.folder.length);
  return (file) =>
    (sources.find((source) => source.file === file) ?? folders.find(({ folder }) => file.startsWith(folder + sep)))
      ?.name ?? null;
}
