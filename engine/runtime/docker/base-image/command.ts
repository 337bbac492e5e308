import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** What a command may need beside its arguments. */
export interface CommandOptions {
  cwd: string;
  timeLimitMs: number;
  signal?: AbortSignal | undefined;
  /** Added to what this process has. */
  environment?: Record<string, string>;
}

/** Runs a program to its end and returns what it printed. Throws with the last line of its complaint if it fails. */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  try {
    const { stdout } = await execFileAsync(program, args, {
      cwd: options.cwd,
      timeout: options.timeLimitMs,
      ...(options.environment === undefined ? {} : { env: { ...process.env, ...options.environment } }),
      maxBuffer: 16 * 1024 * 1024,
      // npm is a batch file on Windows, which only a shell can start; every argument here is a constant of ours or a folder.
      shell: process.platform === 'win32' && program === 'npm',
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Error(`${program} ${args[0] ?? ''}: ${complaintOf(error, options.timeLimitMs)}`, { cause: error });
  }
}

function complaintOf(error: unknown, timeLimitMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if ('killed' in error && error.killed === true) return `did not finish within ${timeLimitMs / 1000} s`;
  const stderr = 'stderr' in error ? String(error.stderr).trim() : '';
  return stderr.split('\n').at(-1) || error.message;
}
