import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TargetSettings, TargetTruth } from './target.ts';

/**
 * What stands before a program to hold it to a CPU and, if wished, to run it ahead of others, as far as this system has and allows it. A
 * real-time class needs root; without it the machine must be quiet, and the generator's check of itself says when it was not. Only for
 * programs that sleep most of the time: others would starve everything else.
 */
function prefixFor(cpu: number, ahead: boolean): string[] {
  const pinned =
    os.availableParallelism() > 1 && works(['taskset', '-c', String(cpu), 'true'])
      ? ['taskset', '-c', String(cpu)]
      : [];
  return ahead && works(['chrt', '-f', '1', 'true']) ? [...pinned, 'chrt', '-f', '1'] : pinned;
}

function works([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** Starts a program on a CPU of its own. */
function startPinned(cpu: number, program: readonly string[], ahead: boolean): ChildProcess {
  const [command = '', ...args] = [...prefixFor(cpu, ahead), ...program];
  return spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** A Node program of this folder. */
export function nodeProgram(file: string, args: readonly string[]): string[] {
  return [process.execPath, path.resolve(import.meta.dirname, file), ...args];
}

export interface RunningTarget {
  url: string;
  /** What it did since the last time it was asked. */
  truth(): Promise<TargetTruth>;
  stop(): Promise<void>;
}

/** The calibrated target in a process of its own, on the first CPU. */
export async function startTarget(settings: TargetSettings, options: { ahead: boolean }): Promise<RunningTarget> {
  const child = startPinned(0, nodeProgram('target.ts', ['--serve', JSON.stringify(settings)]), options.ahead);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('The target has no streams.');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<string> => (await lines.next()).value ?? '';
  const { port } = JSON.parse(await read()) as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async truth() {
      stdin.write('truth\n');
      return JSON.parse(await read()) as TargetTruth;
    },
    async stop() {
      if (child.exitCode !== null) return;
      stdin.end();
      await once(child, 'exit');
    },
  };
}

/** Runs a program on the second CPU to its end; its standard output. */
export async function runPinned(program: readonly string[], options: { ahead: boolean }): Promise<string> {
  const child = startPinned(1, program, options.ahead);
  child.stdin?.end();
  let output = '';
  child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program.join(' ')} ended with ${code}.`);
  return output;
}
