import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetSettings, TargetTruth } from './target.ts';

const canPin = os.availableParallelism() > 1 && spawnSync('taskset', ['--version']).error === undefined;

/**
 * Starts a program on a CPU of its own, in a session of its own: Linux shares the CPU out by session, so only there does a weight count
 * against other programs. (A real-time class would be surer, but V8's threads wait for each other in loops that never let go of the CPU.)
 */
function startPinned(cpu: number, program: readonly string[]): ChildProcess {
  const [command = '', ...args] = canPin ? ['taskset', '-c', String(cpu), ...program] : program;
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  if (child.pid !== undefined) goAhead(child.pid);
  return child;
}

/** Puts a program and its session ahead of others. Only root may; without it the machine must be quiet. */
function goAhead(pid: number): void {
  try {
    os.setPriority(pid, -20);
    writeFileSync(`/proc/${pid}/autogroup`, '-20');
  } catch {
    // The generator's check of itself says when that was needed.
  }
}

/** Waits until the CPUs are mostly idle, at most `limitMs`; what else runs would be measured with the rest. */
export async function awaitQuiet(limitMs: number): Promise<void> {
  const busyShare = async (): Promise<number> => {
    const before = cpuTimes();
    await sleep(300);
    const after = cpuTimes();
    return 1 - (after.idle - before.idle) / Math.max(1, after.total - before.total);
  };
  const endAtMs = performance.now() + limitMs;
  while (performance.now() < endAtMs && (await busyShare()) > 0.15);
}

function cpuTimes(): { idle: number; total: number } {
  const all = os.cpus().map(({ times }) => times);
  const sum = (of: (times: (typeof all)[number]) => number): number =>
    all.reduce((total, times) => total + of(times), 0);
  return {
    idle: sum((times) => times.idle),
    total: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
  };
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
export async function startTarget(settings: TargetSettings): Promise<RunningTarget> {
  const child = startPinned(0, nodeProgram('target.ts', ['--serve', JSON.stringify(settings)]));
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
export async function runPinned(program: readonly string[]): Promise<string> {
  const child = startPinned(1, program);
  child.stdin?.end();
  let output = '';
  child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program.join(' ')} ended with ${code}.`);
  return output;
}
