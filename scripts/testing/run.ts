import { spawn } from 'node:child_process';
import path from 'node:path';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Runs an installed tool from the repository's root with its output shown. Resolves to its exit code; 1 if it did not start. */
export function runTool(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const bin = path.join(REPOSITORY, 'node_modules', '.bin');
  return new Promise((resolve) => {
    const child = spawn(name, args, {
      cwd: REPOSITORY,
      stdio: ['ignore', 'inherit', 'inherit'],
      // Windows starts what npm puts into .bin only through a shell; no argument here needs quoting.
      shell: process.platform === 'win32',
      env: { ...environment, PATH: `${bin}${path.delimiter}${environment['PATH'] ?? ''}` },
    });
    child.once('error', (error) => {
      console.error(`${name}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
