import type { ContainerCreateOptions } from 'dockerode';
import { launchOf } from '../../languages/index.ts';
import type { Language } from '../../model/index.ts';

/** Ports of every unit inside its container; each container has an address of its own. */
export const SERVICE_PORT = 8080;
export const CONTROL_PORT = 8081;

/** Where a unit may write: a volume that lives as long as the site, so that data survives a crash and a replaced container. */
export const DATA_DIRECTORY = '/data';

/** The base image's ordinary user. */
const USER = '1000:1000';
const TEMPORARY_BYTES = 64 * 1024 * 1024;
/** Seconds from the request to end to the kill. */
export const STOP_GRACE_S = 2;

export interface ContainerWish {
  name: string;
  image: string;
  /** Overrides the image's command. */
  command?: string[];
  /** What its program is written in. */
  language: Language;
  environment: Record<string, string>;
  labels: Record<string, string>;
  memoryBytes: number;
  /** CPUs by number; null: not held to any. */
  cpus: readonly number[] | null;
  pids: number;
  /** The network it is attached to at creation, and the names it answers to there; null: none. */
  network: { name: string; aliases: string[] } | null;
  /** Restarted after a crash, with the engine's own back-off. */
  heals: boolean;
  /** Name of the volume for its data, which exists. */
  dataVolume: string | null;
  /** Port of 127.0.0.1 that leads to its service port. */
  publishedPort: number | null;
  /** Its standard input stays open for the process that made it. */
  interactive: boolean;
}

/**
 * The only maker of create bodies: whatever runs in a container gets no capability, no way to gain one, a read-only root, an ordinary user,
 * and limits on memory and processes.
 */
export function containerBody(wish: ContainerWish): ContainerCreateOptions {
  const port = `${SERVICE_PORT}/tcp`;
  const published = wish.publishedPort !== null;
  return {
    name: wish.name,
    Image: wish.image,
    ...(wish.command ? { Cmd: wish.command } : {}),
    Hostname: wish.name.slice(0, 63),
    User: USER,
    WorkingDir: '/tmp',
    Env: Object.entries({
      HOME: '/tmp',
      ...launchOf(wish.language).environment(wish.memoryBytes),
      ...wish.environment,
    }).map(([key, value]) => `${key}=${value}`),
    Labels: wish.labels,
    OpenStdin: wish.interactive,
    StdinOnce: wish.interactive,
    AttachStdin: wish.interactive,
    AttachStdout: wish.interactive,
    AttachStderr: wish.interactive,
    Tty: false,
    StopTimeout: STOP_GRACE_S,
    ...(published ? { ExposedPorts: { [port]: {} } } : {}),
    HostConfig: {
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${TEMPORARY_BYTES},mode=1777` },
      Init: true,
      PidsLimit: wish.pids,
      Memory: wish.memoryBytes,
      MemorySwap: wish.memoryBytes,
      ...(wish.cpus ? { CpusetCpus: wish.cpus.join(',') } : {}),
      RestartPolicy: wish.heals ? { Name: 'on-failure', MaximumRetryCount: 0 } : { Name: 'no' },
      ...(wish.network ? { NetworkMode: wish.network.name } : { NetworkMode: 'none' }),
      ...(wish.dataVolume === null
        ? {}
        : {
            Mounts: [{ Type: 'volume' as const, Source: wish.dataVolume, Target: DATA_DIRECTORY }],
          }),
      ...(published
        ? { PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: String(wish.publishedPort) }] } }
        : {}),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
    ...(wish.network
      ? { NetworkingConfig: { EndpointsConfig: { [wish.network.name]: { Aliases: wish.network.aliases } } } }
      : {}),
  };
}
