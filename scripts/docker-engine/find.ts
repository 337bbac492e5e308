import { readdir, readFile } from 'node:fs/promises';
import { engineAnswers } from './address.ts';

const DEFAULT_SOCKET = 'unix:///var/run/docker.sock';

/** The unix sockets that a dockerd command line (its arguments) listens on. Pure. */
export function socketsOfDaemon(args: readonly string[]): string[] {
  const sockets: string[] = [];
  for (const [index, arg] of args.entries()) {
    const value = arg === '--host' || arg === '-H' ? args[index + 1] : /^(?:--host|-H)=(.*)$/.exec(arg)?.[1];
    if (value?.startsWith('unix://')) sockets.push(value);
  }
  return sockets;
}

/**
 * The DOCKER_HOST of an engine that answers already, or undefined. A daemon started with a socket of its own is found too:
 * a second daemon beside it would fight with it over the bridge and the firewall rules.
 */
export async function findAnsweringEngine(own?: string): Promise<string | undefined> {
  const candidates = [process.env['DOCKER_HOST'], own, DEFAULT_SOCKET, ...(await socketsOfRunningDaemons())];
  for (const candidate of new Set(candidates)) {
    if (candidate !== undefined && candidate !== '' && (await engineAnswers(candidate))) return candidate;
  }
  return undefined;
}

async function socketsOfRunningDaemons(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process may end between the listing and the reading.
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const [program, ...args] = commandLine.split('\0');
      return program?.split('/').at(-1) === 'dockerd' ? socketsOfDaemon(args) : [];
    }),
  );
  return found.flat();
}
