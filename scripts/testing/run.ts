import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { stopping } from './stopping.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
/** What does not end when asked to is ended after this long. */
const GRACE_MS = 20_000;

/**
 * Runs an installed tool from the repository's root with its output shown. Resolves to its exit code; 1 if it did not start. When this process is asked to end, the tool is, with
 * everything it has started, and no other is started after it.
 */
export function runTool(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const bin = path.join(REPOSITORY, 'node_modules', '.bin');
  const signal = stopping();
  if (signal.aborted) return Promise.resolve(1);
  return new Promise((resolve) => {
    const child = spawn(name, args, {
      cwd: REPOSITORY,
      stdio: ['ignore', 'inherit', 'inherit'],
      // Windows starts what npm puts into .bin only through a shell; no argument here needs quoting.
      shell: process.platform === 'win32',
      // A group of its own, so that whatever it starts can be ended with it.
      detached: process.platform !== 'win32',
      env: { ...environment, PATH: `${bin}${path.delimiter}${environment['PATH'] ?? ''}` },
    });
    let kill: NodeJS.Timeout | undefined;
    const stop = (): void => {
      end(child, 'SIGTERM');
      kill = setTimeout(() => end(child, 'SIGKILL'), GRACE_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    const settle = (code: number): void => {
      clearTimeout(kill);
      signal.removeEventListener('abort', stop);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(`${name}: ${error.message}`);
      settle(1);
    });
    child.once('exit', (code) => settle(code ?? 1));
  });
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
