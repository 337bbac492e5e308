import Docker from 'dockerode';

/** What one process has left on an engine: containers, networks, volumes, and images without a name. */
export async function leftOf(pid: number, dockerHost: string): Promise<string[]> {
  const docker = new Docker({ socketPath: dockerHost.replace(/^unix:\/\//, '') });
  const filters = { label: ['cleave.managed=true'] };
  const [containers, networks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.listImages({ filters: { label: ['cleave.image'], dangling: ['true'] } }),
  ]);
  const isOwn = (owner: string | undefined) => owner?.startsWith(`${pid}|`) === true;
  return [
    ...containers.map(({ Names, Labels }) => ({
      title: `container ${Names.join(' ')}`,
      owner: Labels['cleave.owner'],
    })),
    ...networks.map(({ Name, Labels }) => ({ title: `network ${Name}`, owner: Labels?.['cleave.owner'] })),
    ...volumes.Volumes.map(({ Name, Labels }) => ({ title: `volume ${Name}`, owner: Labels?.['cleave.owner'] })),
    ...images.map(({ Id, Labels }) => ({ title: `image ${Id.slice(7, 19)}`, owner: Labels['cleave.image.owner'] })),
  ].flatMap(({ title, owner }) => (isOwn(owner) ? [title] : []));
}
