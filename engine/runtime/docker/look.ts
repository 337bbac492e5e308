import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import type { UnitFacts } from '../types.ts';
import { LIMIT_MS, engineCall } from './call.ts';

/** The image that all units stand on. */
export interface BaseLayers {
  id: string;
  /** What it is made of, lowest first. */
  layers: () => Promise<readonly string[]>;
}

/** What a container runs with, as the engine tells it. */
export async function factsOf(
  docker: Docker,
  { HostConfig, Config, Image }: ContainerInspectInfo,
  base: BaseLayers,
  signal?: AbortSignal,
): Promise<UnitFacts> {
  const [layers, below] = await Promise.all([layersOf(docker, Image, signal), base.layers()]);
  const policy = HostConfig.RestartPolicy?.Name;
  return {
    image: Image,
    base: below.length > 0 && below.every((layer, index) => layers[index] === layer) ? base.id : null,
    // An engine that cannot hold to a limit drops it without a word: then it is empty, or 0.
    cpus: HostConfig.CpusetCpus ?? null,
    memoryBytes: HostConfig.Memory ?? null,
    user: Config.User === '' ? 'root' : Config.User,
    heals: policy === undefined ? null : policy !== '' && policy !== 'no',
    environment: Object.fromEntries(
      Config.Env.map((entry): [string, string] => {
        const at = entry.indexOf('=');
        return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
      }),
    ),
  };
}

/** What an image is made of, lowest first; empty where the engine does not say. */
export async function layersOf(docker: Docker, id: string, signal?: AbortSignal): Promise<string[]> {
  const image = await engineCall('Looking at an image', LIMIT_MS.ask, signal, () => docker.getImage(id).inspect());
  return image.RootFS.Layers ?? [];
}
