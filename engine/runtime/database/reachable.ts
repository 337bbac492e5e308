import { lstat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { EngineError } from '../errors.ts';

/** The ordinary user that a server runs as where this process is root's, which PostgreSQL refuses: nobody. */
const NOBODY = 65_534;

/** As whom PostgreSQL is run; null: as who runs this. */
export function databaseUser(): number | null {
  return process.getuid?.() === 0 ? NOBODY : null;
}

/** Whether a user who owns nothing on the way can get into a folder. */
async function isReachable(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const facts = await lstat(at).catch(() => null);
    if (facts === null || !facts.isDirectory() || (facts.mode & 0o001) === 0) return false;
    if (path.dirname(at) === at) return true;
  }
}

/**
 * A folder in which another user can be given one of his own: the work folder is closed to others.
 * @throws EngineError `unsafe` where there is none
 */
export async function reachableFolder(): Promise<string> {
  for (const folder of [os.tmpdir(), '/tmp', '/var/tmp']) if (await isReachable(folder)) return folder;
  throw new EngineError(
    'unsafe',
    'PostgreSQL does not run as root, and there is no folder for temporary files that another user can get into',
    { nextStep: 'Run Cleave as an ordinary user, or let TMPDIR name a folder that everybody may enter.' },
  );
}
