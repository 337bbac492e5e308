import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import path from 'node:path';
import { EngineError, sentenceOf } from '../errors.ts';
import { reaperProgram } from './program.ts';
import type { ReaperOrder } from './program.ts';

export { reaperEngine } from './engine.ts';
export type { ReaperOrder } from './program.ts';

/** A small process that outlives this one for as long as it takes to remove what this one left. */
export interface Reaper {
  /** Starts it; once is enough. Resolves when it is there. */
  start(): Promise<void>;
  /** Ends it: `clean` says that nothing is left to remove; otherwise it does its work first, which nobody waits for. */
  stop(clean: boolean): Promise<void>;
  /** Lets it do its work now, and waits for its end. */
  reap(): Promise<void>;
}

/**
 * A reaper for this order. It holds a pipe to this process; when the pipe ends, however this process ended, it removes what the order names.
 * @param nodePath the Node program to run it with
 */
export function createReaper(nodePath: string, order: ReaperOrder): Reaper {
  let started: Promise<ChildProcess> | null = null;
  return {
    async start() {
      started ??= startProcess(nodePath, order).catch((error: unknown) => {
        started = null;
        throw error;
      });
      await started;
    },
    stop: (clean) => end(clean ? 'done\n' : '', clean),
    reap: () => end('', true),
  };

  async function end(lastWord: string, wait: boolean): Promise<void> {
    const child = await started?.catch(() => null);
    started = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // Held again while it is waited for.
    if (wait) child.ref();
    child.stdin?.end(lastWord);
    if (wait) await ended;
  }
}

function startProcess(nodePath: string, order: ReaperOrder): Promise<ChildProcess> {
  const child = spawn(
    nodePath,
    ['-e', `(${reaperProgram.toString()})(JSON.parse(process.argv[1]))`, JSON.stringify(order)],
    {
      // A group of its own: a Ctrl-C in the terminal must not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      // A folder in use as working directory could not be removed on some systems.
      cwd: path.parse(process.cwd()).root,
      env: { PATH: process.env['PATH'], SYSTEMROOT: process.env['SYSTEMROOT'], ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    },
  );
  child.stdin?.on('error', () => {});
  // Neither the process nor the pipe may keep this one from ending.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.once('error', (error) =>
      reject(
        new EngineError('engine', `Starting the clean-up process with ${nodePath}: ${sentenceOf(error)}`, {
          cause: error,
        }),
      ),
    );
  });
}
