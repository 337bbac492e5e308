import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ending, ProgramHost } from '../engine/protocol/index.ts';
import { releasePorts, reservePorts } from '../engine/runtime/index.ts';

/** Of what a program writes to its standard error, characters. */
const mostLastWords = 2000;

/** How a program of a unit is started. */
export interface Command {
  command: string;
  parameters: readonly string[];
  environment?: Record<string, string>;
}

/** A program on this machine's loopback, in a data folder of its own; `close` ends everything that was started. */
export async function programHere({
  command,
  parameters,
  environment,
}: Command): Promise<ProgramHost & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-protocol-'));
  const running = new Map<() => void, Promise<Ending>>();
  const reserved: number[] = [];
  let starts = 0;
  return {
    // Data of one process are not those of the next: each start is a new unit.
    get dataDirectory() {
      return join(folder, String(starts++));
    },
    async freePorts(count) {
      const ports = await reservePorts(count);
      reserved.push(...ports);
      return ports;
    },
    async start(configuration) {
      const { PATH = '' } = process.env;
      const child = spawn(command, [...parameters], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH, ...environment, ...(configuration === undefined ? {} : { CLEAVE_UNIT: configuration }) },
        windowsHide: true,
      });
      let lastWords = '';
      child.stderr.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-mostLastWords)));
      const ended = new Promise<Ending>((resolve) => {
        child.once('close', (code, signal) => resolve({ code, signal, lastWords }));
      });
      const kill = (): void => void child.kill('SIGKILL');
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
      });
      running.set(kill, ended);
      void ended.then(() => running.delete(kill));
      return { signal: (name) => void child.kill(name), ended };
    },
    async close() {
      const left = [...running];
      for (const [kill] of left) kill();
      await Promise.all(left.map(([, ended]) => ended));
      releasePorts(reserved);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
