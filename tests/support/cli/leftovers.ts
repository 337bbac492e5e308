import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import Docker from 'dockerode';
import { belonging } from '../../../engine/runtime/index.ts';
import type { Home } from './run.ts';

/** What still runs of a home's command lines, or was left on the engine by their sessions; empty when all is well. */
export async function leftovers(home: Home, dockerHost: string | null): Promise<string[]> {
  return [...processesIn(home), ...recordsIn(home), ...(dockerHost === null ? [] : await thingsOn(dockerHost))];
}

/** Processes that work below the home, on systems that tell. */
function processesIn(home: Home): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const folder = readlinkSync(path.join('/proc', pid, 'cwd'));
        return folder.startsWith(home.folder) ? [`process ${pid} in ${folder}`] : [];
      } catch {
        return [];
      }
    });
}

/** Sites of the process runtime that nobody took down. */
function recordsIn(home: Home): string[] {
  const folder = path.join(home.data, 'state', 'sites');
  try {
    return readdirSync(folder).map((name) => `record ${name}: ${readFileSync(path.join(folder, name), 'utf8')}`);
  } catch {
    return [];
  }
}

/** Sessions as the command line names them; other tests have names of their own, and may leave things for a while. */
const commandLineSession = /^(up-|protocol-|\d{4}-\d\d-\d\d)/;

/** Things on the engine whose run has ended; a run of somebody else's may go on beside the tests. */
async function thingsOn(dockerHost: string): Promise<string[]> {
  const docker = new Docker({ socketPath: dockerHost.replace(/^unix:\/\//, '') });
  const filters = { label: ['cleave.managed=true'] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  const things = [
    ...containers.map(({ Names, Labels }) => ({ title: `container ${Names.join(' ')}`, labels: Labels })),
    ...networks.map(({ Name, Labels }) => ({ title: `network ${Name}`, labels: Labels })),
    ...volumes.Volumes.map(({ Name, Labels }) => ({ title: `volume ${Name}`, labels: Labels })),
  ];
  const ended = await Promise.all(
    things.map(async ({ title, labels }) => {
      if (!commandLineSession.test(labels?.['cleave.session'] ?? '')) return [];
      const owner = labels?.['cleave.owner'] ?? '';
      return (await belonging({ owner })) === 'left' ? [title] : [];
    }),
  );
  return ended.flat();
}
