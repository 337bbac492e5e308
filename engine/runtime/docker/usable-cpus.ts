import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { closeAfterwards } from '../closing.ts';
import { cpusThatAreThere } from '../cpu-list.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { createContainer } from './create.ts';
import { readLogs } from './log-follower.ts';
import { removeContainer } from './remove.ts';

const MEMORY_BYTES = 128 * 1024 * 1024;
const PIDS = 64;
/** An engine may hide what is below /sys. */
const PROGRAM = String.raw`const { readFileSync } = require('node:fs');
const status = readFileSync('/proc/self/status', 'utf8');
let online = '';
try {
  online = readFileSync('/sys/devices/system/cpu/online', 'utf8').trim();
} catch {}
console.log('cpus ' + (/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '') + ' online ' + online);`;

/**
 * The CPUs that a container on this engine may use, by number, as one that is held to none of them sees it: an engine tells only how many there are, and they need be neither the first ones
 * (a set of CPUs for the engine or for its machine) nor without gaps (CPUs that are offline), and what it may use may name CPUs that are not there. Null: it could not be told.
 * @param image with Node in it
 */
export async function usableCpus(
  docker: Docker,
  { image, labels }: { image: string; labels: Record<string, string> },
  signal?: AbortSignal,
): Promise<number[] | null> {
  const container = await createContainer(
    docker,
    {
      name: `cleave-cpus-${randomBytes(4).toString('hex')}`,
      ...{ image, labels, command: ['node', '-e', PROGRAM], language: 'typescript', environment: {} },
      ...{ memoryBytes: MEMORY_BYTES, cpus: null, pids: PIDS, network: null },
      ...{ heals: false, dataVolume: null, publishedPort: null, interactive: false },
    },
    signal,
  );
  const look = async (): Promise<number[] | null> => {
    const what = 'Looking which CPUs containers may use';
    await engineCall(what, LIMIT_MS.change, signal, (abortSignal) => container.start({ abortSignal }));
    await engineCall(what, LIMIT_MS.change, signal, (abortSignal) =>
      container.wait({ condition: 'not-running', abortSignal }),
    );
    const lines = await readLogs(docker, container, 10, signal);
    const said = lines.map(({ line }) => /^cpus (\S+) online (\S*)$/.exec(line)).find((match) => match !== null);
    const cpus = cpusThatAreThere(said?.[1] ?? '', said?.[2] ?? '');
    return cpus.length === 0 ? null : cpus;
  };
  return closeAfterwards(look, () => removeContainer(docker, container, 'that looks which CPUs there are'));
}
