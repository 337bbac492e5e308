import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ending, GuardedProcess, ProgramHost } from '../engine/protocol/index.ts';
import { releasePorts, reservePorts } from '../engine/runtime/index.ts';

/** Of what a program writes to its standard error, characters. */
const mostLastWords = 2000;

/** How a program of a unit is started. */
export interface Command {
  command: string;
  parameters: readonly string[];
  environment?: Record<string, string>;
  /** What starts it on the process runtime ends it, too, so that the program itself does not. */
  isGuardedByRuntime?: boolean;
}

/** A program on this machine's loopback, in a data folder of its own; `close` ends everything that was started. */
export async function programHere(command: Command): Promise<ProgramHost & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-protocol-'));
  const running = new Set<GuardedProcess>();
  const reserved: number[] = [];
  let places = 0;
  const start = async (environment: Record<string, string>): Promise<GuardedProcess> => {
    const started = await startHere(command, environment);
    running.add(started);
    void started.ended.then(() => running.delete(started));
    return started;
  };
  return {
    async place() {
      const [port = 0, controlPort = 0] = await reservePorts(2);
      reserved.push(port, controlPort);
      const [host, url] = ['127.0.0.1', `http://127.0.0.1:${port}`];
      return {
        ...{ url, serviceUrl: url, controlUrl: `http://127.0.0.1:${controlPort}` },
        ...{ listen: { host, port }, control: { host, port: controlPort } },
        // Data of one unit are not those of the next.
        dataDirectory: join(folder, String(places++)),
      };
    },
    start: (configuration) => start(configuration === undefined ? {} : { CLEAVE_UNIT: configuration }),
    guarded:
      command.isGuardedByRuntime === true
        ? 'programs of this language are guarded by the runtime that starts them'
        : (configuration) => start({ CLEAVE_UNIT: configuration, CLEAVE_GUARD: '1' }),
    async close() {
      const left = [...running];
      await Promise.all(left.map((one) => one.signal('SIGKILL')));
      await Promise.all(left.map(({ ended }) => ended));
      releasePorts(reserved);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** In a process group of its own, since a guarded program ends its group. */
async function startHere(
  { command, parameters, environment }: Command,
  more: Record<string, string>,
): Promise<GuardedProcess> {
  const { PATH = '' } = process.env;
  const child = spawn(command, [...parameters], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH, ...environment, ...more },
    windowsHide: true,
  });
  const [, , errors, guard] = child.stdio;
  let lastWords = '';
  errors?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-mostLastWords)));
  guard?.on('error', () => undefined);
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, lastWords: async () => lastWords }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
  });
  return { signal: async (name) => void child.kill(name), ended, letGo: () => void guard?.destroy() };
}
