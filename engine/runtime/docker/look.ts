import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import { LABEL } from '../labels.ts';
import { OTHER_BASE } from '../other-base.ts';
import type { UnitFacts } from '../types.ts';
import { SCRATCH } from './below.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { labelsOf } from './image-labels.ts';
import { withSignal } from './signalled.ts';

/** What images of units of one language stand on. */
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
  const [image, below] = await Promise.all([imageOf(docker, Image, signal), base.layers()]);
  const { layers, builtAs } = image;
  const policy = HostConfig.RestartPolicy?.Name;
  return {
    image: Image,
    builtAs,
    base: baseBelow(layers, below, base.id),
    // An engine that cannot hold to a limit drops it without a word: then it is empty, or 0.
    cpus: HostConfig.CpusetCpus ?? null,
    memoryBytes: HostConfig.Memory ?? null,
    cpuQuota: quotaOf(HostConfig),
    processes: HostConfig.PidsLimit === undefined ? null : Math.max(0, HostConfig.PidsLimit ?? 0),
    swapBytes: swapOf(HostConfig),
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

/** Null where the engine names no layers. */
function baseBelow(layers: readonly string[], below: readonly string[], id: string): string | null {
  if (layers.length === 0) return null;
  if (id === SCRATCH.id) return id;
  if (below.length === 0) return null;
  return below.every((layer, index) => layers[index] === layer) ? id : OTHER_BASE;
}

type Limits = Partial<Pick<ContainerInspectInfo['HostConfig'], 'NanoCpus' | 'CpuQuota' | 'CpuPeriod'>>;

/** The kernel's own period where none is named, microseconds. */
const PERIOD_US = 100_000;

/** CPU time that a container may take, in CPUs, whichever way it was limited; 0: no limit; null: the engine says nothing of it. */
export function quotaOf({ NanoCpus, CpuQuota, CpuPeriod }: Limits): number | null {
  if (NanoCpus === undefined && CpuQuota === undefined) return null;
  if ((NanoCpus ?? 0) > 0) return (NanoCpus ?? 0) / 1e9;
  return (CpuQuota ?? 0) > 0 ? (CpuQuota ?? 0) / (CpuPeriod || PERIOD_US) : 0;
}

/** Swap beyond the memory, bytes; 0: none; -1: without a limit, as also where there is none on memory; null: the engine says nothing of it. */
export function swapOf({ Memory, MemorySwap }: { Memory?: number; MemorySwap?: number }): number | null {
  if (Memory === undefined || MemorySwap === undefined) return null;
  if (Memory <= 0 || MemorySwap < 0) return -1;
  // Of 0 the engine makes as much again as there is memory.
  return MemorySwap === 0 ? Memory : Math.max(0, MemorySwap - Memory);
}

/** What an image is made of, lowest first; empty where the engine does not say. */
export async function layersOf(docker: Docker, id: string, signal?: AbortSignal): Promise<string[]> {
  return (await imageOf(docker, id, signal)).layers;
}

async function imageOf(
  docker: Docker,
  id: string,
  signal: AbortSignal | undefined,
): Promise<{ layers: string[]; builtAs: string }> {
  const image = await engineCall('Looking at an image', LIMIT_MS.ask, signal, (abortSignal) =>
    docker.getImage(id).inspect(withSignal({}, abortSignal)),
  );
  return { layers: image.RootFS.Layers ?? [], builtAs: labelsOf(image)[LABEL.image] ?? '' };
}
