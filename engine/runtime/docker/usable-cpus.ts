import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { closeAfterwards } from '../closing.ts';
import { parseCpuList } from '../cpu-list.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { createContainer } from './create.ts';
import { readLogs } from './log-follower.ts';
import { removeContainer } from './remove.ts';

const MEMORY_BYTES = 128 * 1024 * 1024;
const PIDS = 64;
const PROGRAM = String.raw`const status = require('node:fs').readFileSync('/proc/self/status', 'utf8');
console.log('cpus ' + (/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? ''));`;

/**
 * The CPUs that a container on this engine may use, by number, as one that is held to none of them sees it: an engine tells only how many there are, and they need be neither the first ones
 * (a set of CPUs for the engine or for its machine) nor without gaps (CPUs that are offline). Null: it could not be told.
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
    const said = (await readLogs(docker, container, 10, signal)).map(({ line }) => /^cpus (\S+)$/.exec(line)?.[1]);
    const cpus = parseCpuList(said.find((list) => list !== undefined) ?? '');
    return cpus.length === 0 ? null : cpus;
  };
  return closeAfterwards(look, () => removeContainer(docker, container, 'that looks which CPUs there are'));
}
