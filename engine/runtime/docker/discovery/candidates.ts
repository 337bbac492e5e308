import path from 'node:path';
import type { BrokenChoice, Candidate } from './candidate.ts';
import { certificatesByVariable } from './configuration.ts';
import { currentContext, defaultContext, dockerContext } from './contexts.ts';
import type { DiscoveryHost } from './host.ts';

/** Finds candidates in one way. Strategies are asked in order; `binding` ends the search with what it found, as the `docker` command does. */
interface Strategy {
  binding: boolean;
  find(host: DiscoveryHost): Promise<(Candidate | BrokenChoice)[]>;
}

const plain = (source: string, ...addresses: string[]): Candidate[] =>
  addresses.map((address) => ({ source, address, certificates: null }));

const defaultAddress = ({ platform }: DiscoveryHost): string =>
  platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

const fromDockerHost: Strategy = {
  binding: true,
  find: async (host) => {
    const { DOCKER_HOST: address } = host.env;
    return address ? [{ source: 'DOCKER_HOST', address, certificates: certificatesByVariable(host) }] : [];
  },
};

/** A context chosen by the variable binds, Docker's own one too; one that is merely current does not, for a stopped desktop engine often leaves it behind. */
const fromContextVariable: Strategy = {
  binding: true,
  find: async (host) => {
    const name = host.env['DOCKER_CONTEXT'];
    if (!name) return [];
    if (name === defaultContext) return plain(`DOCKER_CONTEXT "${name}"`, defaultAddress(host));
    return [await dockerContext(host, name, 'DOCKER_CONTEXT')];
  },
};

const fromCurrentContext: Strategy = {
  binding: false,
  find: async (host) => {
    const name = await currentContext(host);
    if (name === undefined || name === defaultContext) return [];
    return [await dockerContext(host, name, 'the current Docker context')];
  },
};

const wellKnown: Strategy = {
  binding: false,
  find: async (host) => {
    const { env, platform, homeDir, uid } = host;
    if (platform === 'win32') {
      return [
        ...plain('Docker on Windows', defaultAddress(host)),
        ...plain('Docker Desktop', 'npipe:////./pipe/dockerDesktopLinuxEngine'),
        ...plain('Podman', 'npipe:////./pipe/podman-machine-default'),
      ];
    }
    const home = (...parts: string[]): string => path.posix.join(homeDir, ...parts);
    // Without a home folder there is nothing to look for in it.
    const inHome = (source: string, ...sockets: string[]): Candidate[] =>
      path.posix.isAbsolute(homeDir) ? plain(source, ...sockets.map((socket) => `unix://${socket}`)) : [];
    // An empty or a relative one is none (XDG Base Directory Specification).
    const given = env['XDG_RUNTIME_DIR'] ?? '';
    const usual = uid === null ? null : `/run/user/${uid}`;
    const runtimeDir = path.posix.isAbsolute(given) ? given : usual;
    const found = plain('the default socket', defaultAddress(host));
    if (platform === 'linux' && runtimeDir !== null)
      found.push(...plain('rootless Docker', `unix://${runtimeDir}/docker.sock`));
    found.push(
      ...inHome('Docker Desktop', home('.docker', 'run', 'docker.sock'), home('.docker', 'desktop', 'docker.sock')),
    );
    found.push(
      ...inHome(
        'Colima',
        home('.colima', 'default', 'docker.sock'),
        home('.config', 'colima', 'default', 'docker.sock'),
      ),
    );
    found.push(
      ...inHome('Rancher Desktop', home('.rd', 'docker.sock')),
      ...inHome('OrbStack', home('.orbstack', 'run', 'docker.sock')),
    );
    if (platform === 'linux') {
      if (runtimeDir !== null) found.push(...plain('rootless Podman', `unix://${runtimeDir}/podman/podman.sock`));
      found.push(...plain('Podman', 'unix:///run/podman/podman.sock'));
    } else {
      found.push(...inHome('Podman', home('.local', 'share', 'containers', 'podman', 'machine', 'podman.sock')));
    }
    return found;
  },
};

const STRATEGIES: readonly Strategy[] = [fromDockerHost, fromContextVariable, fromCurrentContext, wellKnown];

/** Every address to try on this host, best first, each once; or a choice that somebody made and that leads nowhere, behind those that come before it. */
export async function engineCandidates(host: DiscoveryHost): Promise<(Candidate | BrokenChoice)[]> {
  const all: (Candidate | BrokenChoice)[] = [];
  for (const strategy of STRATEGIES) {
    const found = await strategy.find(host);
    for (const one of found) {
      const isKnown = 'address' in one && all.some((known) => 'address' in known && known.address === one.address);
      if (!isKnown) all.push(one);
    }
    if ((strategy.binding && found.length > 0) || found.some((one) => 'problem' in one)) break;
  }
  return all;
}
