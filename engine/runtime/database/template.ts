import { execFile, type ExecFileException } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  copyFile,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { EngineError, sentenceOf, writeProblem } from '../errors.ts';
import { installedPrograms, type ProgramEntry } from './programs.ts';
import { databaseUser, reachableFolder } from './reachable.ts';
import { DATABASE, FIRST_STATEMENTS, HBA_FILE, INITDB_ARGUMENTS, POSTGRES_TITLE, databaseRecipe } from './recipe.ts';

const COMMAND_LIMIT_MS = 60_000;

/** What every server starts from: PostgreSQL's programs, and a data folder that was made once. */
export interface DatabaseTemplate {
  /** Holds both. */
  folder: string;
  programs: string;
  data: string;
  /** Whether it was there already. */
  kind: 'cold' | 'warm';
  buildMs: number;
  bytes: number;
}

/** Finds the template in the work folder or makes it there. Throws EngineError, leaving nothing half-made under its name. */
export async function ensureTemplate(workDir: string, signal?: AbortSignal): Promise<DatabaseTemplate> {
  const startedMs = performance.now();
  const folder = path.join(workDir, 'database', databaseRecipe(process.arch));
  const places = { programs: path.join(folder, 'programs'), data: path.join(folder, 'data') };
  const isThere = await lstat(folder).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
  if (!isThere) await make(folder, await installedPrograms(process.platform, process.arch), signal);
  const bytes = await bytesIn(folder);
  return { folder, ...places, bytes, kind: isThere ? 'warm' : 'cold', buildMs: performance.now() - startedMs };
}

async function make(folder: string, entries: readonly ProgramEntry[], signal: AbortSignal | undefined): Promise<void> {
  const half = `${folder}.${randomBytes(4).toString('hex')}`;
  let elsewhere: string | null = null;
  try {
    await mkdir(half, { recursive: true, mode: 0o700 });
    await placePrograms(entries, path.join(half, 'programs'));
    const user = databaseUser();
    // Who may not be root needs a place that root's own folders are no way to.
    elsewhere = user === null ? null : await foreignPlace(await reachableFolder());
    const place = elsewhere ?? half;
    if (elsewhere !== null && user !== null) {
      await chmod(elsewhere, 0o711);
      await placePrograms(entries, path.join(elsewhere, 'programs'));
    }
    const data = path.join(place, elsewhere === null ? 'data' : 'own');
    await mkdir(data, { recursive: true, mode: 0o700 });
    if (user !== null) await chown(data, user, user);
    const run = (program: string, args: readonly string[], input?: string): Promise<void> =>
      command(path.join(place, 'programs', 'bin', program), args, { cwd: place, user, input, signal });
    await run('initdb', ['-D', data, ...INITDB_ARGUMENTS]);
    await run('postgres', ['--single', '-D', data, '-c', 'fsync=off', DATABASE], FIRST_STATEMENTS);
    if (elsewhere !== null) await copyTree(data, path.join(half, 'data'), null);
    await writeFile(path.join(half, 'data', 'pg_hba.conf'), HBA_FILE, { mode: 0o600 });
    await rename(half, folder).catch(async (error: unknown) => {
      // Somebody else made it meanwhile: theirs is as good.
      if (!(await lstat(folder).catch(() => null))) throw error;
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw writeProblem('image-build', `Making ${POSTGRES_TITLE} ready`, error);
  } finally {
    await rm(half, { recursive: true, force: true });
    if (elsewhere !== null) await rm(elsewhere, { recursive: true, force: true });
  }
}

/** A new folder of its own there; those of programs that were killed meanwhile, and that nobody can be at work in any more, go. */
async function foreignPlace(parent: string): Promise<string> {
  const prefix = 'cleave-template-';
  for (const name of await readdir(parent)) {
    const old = path.join(parent, name);
    const facts = name.startsWith(prefix) ? await lstat(old).catch(() => null) : null;
    if (facts?.isDirectory() !== true || facts.uid !== process.getuid?.()) continue;
    if (facts.mtimeMs < Date.now() - 5 * COMMAND_LIMIT_MS) await rm(old, { recursive: true, force: true });
  }
  return mkdtemp(path.join(parent, prefix));
}

/** Puts the programs into a folder that everybody may read. */
async function placePrograms(entries: readonly ProgramEntry[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  for (const directory of new Set(entries.map((entry) => path.dirname(entry.path))))
    await mkdir(path.join(folder, directory), { recursive: true, mode: 0o755 });
  await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(folder, entry.path);
      if ('target' in entry) return symlink(entry.target, file);
      await copyFile(entry.source, file);
      return chmod(file, 0o755);
    }),
  );
}

/** Copies a folder with everything in it, for its new owner alone; null: it stays this user's. */
export async function copyTree(from: string, to: string, owner: number | null): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  if (owner !== null) await chown(to, owner, owner);
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
      if (entry.isDirectory()) return copyTree(source, target, owner);
      if (!entry.isFile()) throw new EngineError('unsafe', `${source} is neither file nor folder`);
      await copyFile(source, target);
      if (owner !== null) await chown(target, owner, owner);
    }),
  );
}

/** The same files under another name where that can be had for nothing, else a copy. They are only read. */
export async function shareTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  await Promise.all(
    (await readdir(from, { withFileTypes: true })).map(async (entry) => {
      const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
      if (entry.isDirectory()) return shareTree(source, target);
      // A name for a link that leads beside itself leads there here too.
      return link(source, target).catch(() => copyFile(source, target));
    }),
  );
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await lstat(path.join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function command(
  program: string,
  args: readonly string[],
  how: { cwd: string; user: number | null; input: string | undefined; signal: AbortSignal | undefined },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (error: ExecFileException | null, _stdout: string, stderr: string): void => {
      const complaint = stderr.split('\n').find((line) => /(?:error|ERROR|FATAL|PANIC):/.test(line));
      if (error === null && complaint === undefined) resolve();
      else reject(new EngineError('image-build', `${path.basename(program)}: ${complaint ?? sentenceOf(error)}`));
    };
    const child = execFile(
      program,
      args,
      {
        cwd: how.cwd,
        timeout: COMMAND_LIMIT_MS,
        env: { LC_ALL: 'C', PATH: process.env['PATH'] },
        signal: how.signal,
        ...(how.user === null ? {} : { uid: how.user, gid: how.user }),
      },
      done,
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(how.input ?? '');
  });
}
