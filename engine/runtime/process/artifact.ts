import { randomBytes } from 'node:crypto';
import { access, chmod, constants, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchOf } from '../../languages/index.ts';
import { EngineError, writeProblem } from '../errors.ts';
import type { Artifact, UnitSource } from '../types.ts';

/** Writes the unit's files into a folder named by their hash, or finds it there: exactly these files, byte for byte. */
export async function ensureFolder(workDir: string, source: UnitSource, fresh: boolean): Promise<Artifact> {
  const startedMs = performance.now();
  const folder = path.join(
    workDir,
    'artifacts',
    `${source.application}-${source.unit.name}-${source.hash.slice(0, 24)}`,
  );
  const { files } = source;
  const { main, interpreter } = launchOf(source.language);
  const started = interpreter === null ? main : null;
  const bytes = Object.values(files).reduce((sum, file) => sum + file.byteLength, 0);
  const found = !fresh && (await holdsExactly(folder, files, started));
  if (!found) await write(folder, source, started);
  return {
    unit: source.unit.name,
    reference: folder,
    totalBytes: bytes,
    addedBytes: bytes,
    buildMs: performance.now() - startedMs,
    kind: found ? 'warm' : 'cold',
  };
}

/** `started`: the file that is started by itself; null where another program runs it. */
async function write(folder: string, { files, unit }: UnitSource, started: string | null): Promise<void> {
  const half = `${folder}.${randomBytes(4).toString('hex')}`;
  try {
    for (const [name, body] of Object.entries(files)) {
      const file = path.join(half, name);
      if (!file.startsWith(half + path.sep))
        throw new EngineError('unsafe', `the file "${name}" would lie outside the folder`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, body);
    }
    if (started !== null) await chmod(path.join(half, started), 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(half, folder);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw writeProblem('image-build', `Writing the files of unit "${unit.name}"`, error);
  }
}

/** A name proves nothing: whoever could write into the work folder could have put another program under it. */
async function holdsExactly(
  folder: string,
  files: Record<string, Uint8Array>,
  started: string | null,
): Promise<boolean> {
  try {
    if (started !== null) await access(path.join(folder, started), constants.X_OK);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const present = entries.filter((entry) => !entry.isDirectory());
    if (present.length !== Object.keys(files).length || present.some((entry) => !entry.isFile())) return false;
    const same = await Promise.all(
      Object.entries(files).map(async ([name, body]) => (await readFile(path.join(folder, name))).equals(body)),
    );
    return same.every(Boolean);
  } catch {
    return false;
  }
}
