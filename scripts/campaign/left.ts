import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type Docker from 'dockerode';

/** What a session of the process runtime has left: processes that work in its folders, the folders, and the records. */
export function leftOfProcesses(folder: string): string[] {
  const own = (name: string) => /^[0-9a-f]{8}(\.json)?$/.test(name) && !name.startsWith('0badcafe');
  const names = (...parts: string[]) => {
    try {
      return readdirSync(path.join(folder, ...parts)).filter(own);
    } catch {
      return [];
    }
  };
  const sites = path.join(folder, 'work', 'sites');
  const processes = readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const at = readlinkSync(`/proc/${pid}/cwd`);
      if (!at.startsWith(sites) || at.includes('0badcafe')) return [];
      // One that has ended and that nobody has asked about yet.
      return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) ? [] : [`process ${pid}`];
    } catch {
      return [];
    }
  });
  return [
    ...processes,
    ...names('work', 'sites').map((name) => `folder ${name}`),
    ...names('state', 'sites').map((name) => `record ${name}`),
  ];
}

/** What a session has left on the engine: containers, networks, volumes, and images without a name that its process built. */
export async function leftOnEngine(docker: Docker, session: string, pid: number): Promise<string[]> {
  const filters = { label: [`cleave.session=${session}`] };
  const [containers, networks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.listImages({ filters: { label: ['cleave.image'], dangling: ['true'] } }),
  ]);
  return [
    ...containers.map(({ Names }) => `container ${Names.join(' ')}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...volumes.Volumes.map(({ Name }) => `volume ${Name}`),
    ...images
      .filter(({ Labels }) => Labels['cleave.image.owner']?.startsWith(`${pid}|`) === true)
      .map(({ Id }) => `image ${Id.slice(7, 19)}`),
  ];
}
