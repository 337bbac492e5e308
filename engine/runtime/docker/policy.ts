import type { ContainerCreateOptions } from 'dockerode';
import { EngineError } from '../errors.ts';
import { REQUIRED_LABELS } from '../labels.ts';

/** Whatever is not in these lists is refused: a new key of the engine's API cannot slip past. */
const BODY_KEYS = new Set(
  'name Image Cmd Hostname User WorkingDir Env Labels OpenStdin StdinOnce AttachStdin AttachStdout AttachStderr Tty StopTimeout ExposedPorts HostConfig NetworkingConfig'.split(
    ' ',
  ),
);
const HOST_KEYS = new Set(
  'CapDrop SecurityOpt ReadonlyRootfs Tmpfs Init PidsLimit Memory MemorySwap CpusetCpus RestartPolicy NetworkMode Mounts PortBindings LogConfig'.split(
    ' ',
  ),
);
const NETWORK_NAME = /^(?:none|cleave-[a-z0-9-]+)$/;

/**
 * Refuses a create body that gives a container more than Cleave ever gives one.
 * @throws EngineError `unsafe`, naming the field
 */
export function assertSafe(body: ContainerCreateOptions): void {
  const problem = policyProblem(body);
  if (problem !== null)
    throw new EngineError('unsafe', `Refused to create the container "${body.name ?? ''}": ${problem}`);
}

/** The first thing wrong with a create body, or null. */
export function policyProblem(body: ContainerCreateOptions): string | null {
  const host = body.HostConfig ?? {};
  for (const key of Object.keys(body)) if (!BODY_KEYS.has(key)) return `${key} is not allowed`;
  for (const key of Object.keys(host)) if (!HOST_KEYS.has(key)) return `HostConfig.${key} is not allowed`;
  for (const label of REQUIRED_LABELS) if (!body.Labels?.[label]) return `the label ${label} is missing`;
  if (body.Labels?.['cleave.managed'] !== 'true') return 'the label cleave.managed must be "true"';
  if (!/^[1-9]\d*:[1-9]\d*$/.test(body.User ?? '')) return 'User must be an ordinary user, by numbers';
  if (body.Tty) return 'Tty is not allowed';
  if (!isArrayOf(host.CapDrop, 'ALL')) return 'HostConfig.CapDrop must be ALL';
  if (!isArrayOf(host.SecurityOpt, 'no-new-privileges'))
    return 'HostConfig.SecurityOpt must be no-new-privileges and nothing else';
  if (host.ReadonlyRootfs !== true) return 'HostConfig.ReadonlyRootfs must be true';
  if (host.Init !== true) return 'HostConfig.Init must be true';
  if (!isPositive(host.PidsLimit)) return 'HostConfig.PidsLimit is missing';
  if (!isPositive(host.Memory)) return 'HostConfig.Memory is missing';
  if (host.MemorySwap !== host.Memory) return 'HostConfig.MemorySwap must equal Memory';
  if (host.CpusetCpus !== undefined && !/^\d+(?:,\d+)*$/.test(host.CpusetCpus))
    return 'HostConfig.CpusetCpus must be a list of numbers';
  if (!NETWORK_NAME.test(host.NetworkMode ?? '')) return 'HostConfig.NetworkMode must be one of Cleave’s own networks';
  for (const network of Object.keys(body.NetworkingConfig?.EndpointsConfig ?? {})) {
    if (!NETWORK_NAME.test(network)) return `the network ${network} is not one of Cleave’s own`;
  }
  return mountProblem(host) ?? portProblem(host);
}

type HostConfig = NonNullable<ContainerCreateOptions['HostConfig']>;

function mountProblem(host: HostConfig): string | null {
  for (const [target, options] of entriesOf(host.Tmpfs)) {
    if (target !== '/tmp') return `a tmpfs at ${target} is not allowed`;
    if (typeof options !== 'string' || !/(?:^|,)size=\d+(?:,|$)/.test(options))
      return `the tmpfs at ${target} has no size`;
  }
  for (const mount of host.Mounts ?? []) {
    if (mount.Type !== 'volume') return `a mount of type ${mount.Type} is not allowed`;
    if (mount.Target !== '/data') return `a mount at ${mount.Target} is not allowed`;
    if (!/^cleave-[a-z0-9-]+$/.test(mount.Source)) return 'a mount’s volume must be one of Cleave’s own';
    // Options of the local driver can turn a volume into a bind.
    if (Object.keys(mount).length > 3) return 'options of a mount are not allowed';
  }
  return null;
}

function portProblem(host: HostConfig): string | null {
  for (const [port, list] of entriesOf(host.PortBindings)) {
    if (!Array.isArray(list) || list.length === 0) return `the port ${port} has no address`;
    for (const binding of list) {
      const [HostIp, HostPort] = ['HostIp', 'HostPort'].map((key) => new Map(entriesOf(binding)).get(key));
      if (HostIp !== '127.0.0.1') return `the port ${port} may be published on 127.0.0.1 only`;
      if (typeof HostPort !== 'string' || !/^[1-9]\d{0,4}$/.test(HostPort))
        return `the port ${port} needs a fixed port on this machine`;
    }
  }
  return null;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isArrayOf(value: unknown, only: string): boolean {
  return Array.isArray(value) && value.length === 1 && value[0] === only;
}

function isPositive(value: number | undefined): boolean {
  return value !== undefined && Number.isFinite(value) && value > 0;
}
