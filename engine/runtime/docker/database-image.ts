import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import type { Pack } from 'tar-stream';
import { LAUNCHER_PROGRAM, databaseRecipe, ensureTemplate } from '../database/index.ts';
import { EngineError } from '../errors.ts';
import type { Artifact } from '../types.ts';
import type { Below } from './below.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { DATA_DIRECTORY } from './container-body.ts';
import { APP_DIRECTORY, ensureImage, findImage, imageReference, type BuildOptions } from './image.ts';
import { withSignal } from './signalled.ts';

/** Where PostgreSQL lies in the image. */
export const PROGRAMS_DIRECTORY = '/postgres';
/** Lies in the image as well: a new volume at its parent begins as a copy of it. */
export const DATABASE_DIRECTORY = `${DATA_DIRECTORY}/database`;

const TITLE = 'database';
/** As engines and as npm call the same processors. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  amd64: 'x64',
  x86_64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
};

/** Finds the image that servers of the store run from, or makes it from the programs and the template of this machine. Throws EngineError. */
export async function ensureDatabaseImage(
  docker: Docker,
  base: Below,
  workDir: string,
  options: Omit<BuildOptions, 'fresh'>,
): Promise<Omit<Artifact, 'unit'>> {
  const { Architecture } = await engineCall('Looking at the base image', LIMIT_MS.ask, options.signal, (abortSignal) =>
    docker.getImage(base.reference).inspect(withSignal({}, abortSignal)),
  );
  const architecture = ARCHITECTURES[Architecture] ?? Architecture;
  const reference = imageReference(TITLE, databaseRecipe(architecture), base);
  const source = {
    title: TITLE,
    reference,
    files: { 'launcher.mjs': Buffer.from(LAUNCHER_PROGRAM) },
    command: ['node', `${APP_DIRECTORY}/launcher.mjs`],
  };
  if ((await findImage(docker, reference, options.signal)) !== undefined)
    return ensureImage(docker, base, source, { ...options, fresh: false });
  if (architecture !== process.arch)
    throw new EngineError(
      'unsupported',
      `The image of PostgreSQL for ${architecture} cannot be made on ${process.arch}`,
      { nextStep: 'Choose the store sqlite, or run Cleave on a machine of the same kind as the container engine.' },
    );
  options.onProgress?.('Making the image of PostgreSQL');
  const { programs, data } = await ensureTemplate(workDir, options.signal);
  const more = async (archive: Pack): Promise<void> => {
    await writeTree(archive, programs, `root${PROGRAMS_DIRECTORY}`);
    await writeTree(archive, data, `root${DATABASE_DIRECTORY}`);
  };
  return ensureImage(docker, base, { ...source, more }, { ...options, fresh: false });
}

async function writeTree(archive: Pack, folder: string, name: string): Promise<void> {
  const mtime = new Date(0);
  archive.entry({ name, type: 'directory', mtime, mode: (await lstat(folder)).mode & 0o777 });
  const entries = (await readdir(folder)).toSorted();
  for (const entry of entries) {
    const [file, target] = [path.join(folder, entry), `${name}/${entry}`];
    const facts = await lstat(file);
    if (facts.isDirectory()) await writeTree(archive, file, target);
    else if (facts.isSymbolicLink())
      archive.entry({ name: target, type: 'symlink', linkname: await readlink(file), mtime });
    else
      await pipeline(
        createReadStream(file),
        archive.entry({ name: target, mtime, mode: facts.mode & 0o777, size: facts.size }),
      );
  }
}
