import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { EngineError, sentenceOf } from '../errors.ts';
import type { Command } from './command.ts';
import { GUARD_ENVIRONMENT } from './guard.ts';

export interface ChildWish {
  /** The program that is started, and its parameters. */
  command: Command;
  /** Path of `taskset`; null: not held to CPUs. */
  tasksetPath: string | null;
  cpus: readonly number[] | null;
  workingDirectory: string;
  environment: Record<string, string>;
  /** Whether this process talks to it over its standard input. */
  interactive: boolean;
}

/** What children take from this process's environment; the rest might change what is measured. */
const PASSED_ON = ['PATH', 'SYSTEMROOT'] as const;
/** Children work elsewhere: a relative folder would be another one for them. */
const FOLDERS_PASSED_ON = ['TMPDIR', 'TEMP', 'TMP'] as const;

/** What a child gets from this environment. Pure. */
export function inheritedFrom(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const taken = [...PASSED_ON, ...FOLDERS_PASSED_ON.filter((name) => path.isAbsolute(environment[name] ?? ''))];
  return Object.fromEntries(
    taken.flatMap((name): [string, string][] => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Starts a program in a process group of its own. It is tied to the life of this process by a pipe, which it, or what is loaded before it, has to heed. Resolves once it runs. */
export async function spawnChild(wish: ChildWish): Promise<ChildProcess & { pid: number }> {
  const [program] = wish.command;
  const pinned =
    wish.tasksetPath !== null && wish.cpus !== null
      ? [wish.tasksetPath, '-c', wish.cpus.join(','), ...wish.command]
      : wish.command;
  const [command = program, ...parameters] = pinned;
  const inherited = inheritedFrom(process.env);
  const child = spawn(command, parameters, {
    cwd: wish.workingDirectory,
    detached: true,
    stdio: [wish.interactive ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...inherited, ...wish.environment, ...GUARD_ENVIRONMENT },
    windowsHide: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(new EngineError('engine', `Starting ${program}: ${sentenceOf(error)}`, { cause: error })),
    );
  });
  const guardPipe = child.stdio[3];
  guardPipe?.on('error', () => {});
  const { pid } = child;
  if (pid === undefined) throw new EngineError('engine', `Starting ${program}: the system gave it no process number`);
  return Object.assign(child, { pid });
}
