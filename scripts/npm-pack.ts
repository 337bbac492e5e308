import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

const PACK_TIME_LIMIT_MS = 10 * 60_000;

/** Fetches one published npm package as a tarball into `folder` and returns the tarball's path. Throws if it cannot. */
export async function npmPack(specifier: string, folder: string): Promise<string> {
  try {
    const { stdout } = await execFileAsync('npm', ['pack', '--silent', '--pack-destination', folder, specifier], {
      cwd: folder,
      timeout: PACK_TIME_LIMIT_MS,
    });
    return path.join(folder, stdout.trim().split('\n').at(-1) ?? '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The npm package ${specifier} could not be fetched: ${reason}`, { cause: error });
  }
}
