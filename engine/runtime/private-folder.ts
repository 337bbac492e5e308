import { lstat } from 'node:fs/promises';
import { inTime, makeFolder, tryFolder } from '../files/index.ts';
import { EngineError } from './errors.ts';
import { folderProblem } from './folder-problem.ts';

const OTHERS = 0o077;
const workFolder = { title: 'The work folder', variable: 'CLEAVE_WORK_DIR' };

/**
 * Makes a folder that only this user can enter, or checks one that is there: programs found in it are run. Throws EngineError when it is somebody
 * else's, a link, or open to others. On Windows the user's own folder is private by its access list, and nothing can be asked this way.
 */
export async function openPrivateFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder, 0o700);
    await assertPrivateFolder(folder);
    await tryFolder(folder);
  } catch (error) {
    throw folderProblem(workFolder, folder, error);
  }
}

/** The same check of a folder that nothing is made in; fine if it is not there. */
export async function assertPrivateFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const facts = await inTime(lstat(folder)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) return null;
    throw folderProblem(workFolder, folder, error);
  });
  if (facts === null) return;
  const problem = facts.isSymbolicLink()
    ? 'it is a link'
    : facts.uid !== process.geteuid?.()
      ? `it belongs to user ${facts.uid}`
      : (facts.mode & OTHERS) !== 0
        ? `others may enter it (mode ${(facts.mode & 0o777).toString(8)})`
        : null;
  if (problem !== null) {
    throw new EngineError('unsafe', `The work folder ${folder} cannot be trusted: ${problem}`, {
      nextStep: 'Remove it or make it yours alone (chmod 700), or name another one in CLEAVE_WORK_DIR.',
    });
  }
}
