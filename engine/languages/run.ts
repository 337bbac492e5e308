import { execFile, spawn, type ChildProcess } from 'node:child_process';

export interface RunOptions {
  folder: string;
  /** All of its environment. */
  environment: NodeJS.ProcessEnv;
  /** It is ended after that long, ms. */
  limitMs: number;
  signal?: AbortSignal;
}

export interface Ran {
  /** Null where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What is kept of each stream, characters: what a compiler says first is what counts. */
const mostOutput = 200_000;

/** Runs a program to its end, in a group of its own, so that whatever it starts ends with it. Throws an Error where it cannot be started or does not end in time, or the signal's reason. */
export async function run(
  program: string,
  parameters: readonly string[],
  { folder, environment, limitMs, signal }: RunOptions,
): Promise<Ran> {
  signal?.throwIfAborted();
  const child = spawn(program, parameters, {
    ...{ cwd: folder, env: environment, windowsHide: true },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const kept = { text: '' };
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      if (kept.text.length < mostOutput) kept.text += chunk;
    });
    return kept;
  });
  const late = AbortSignal.timeout(limitMs);
  const stop = signal === undefined ? late : AbortSignal.any([signal, late]);
  const end = (): void => endGroup(child);
  stop.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    if (late.aborted) throw new Error(`it did not end within ${limitMs / 1000} s`);
    return { code, stdout: stdout?.text ?? '', stderr: stderr?.text ?? '' };
  } finally {
    stop.removeEventListener('abort', end);
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }, () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
