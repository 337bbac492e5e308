import path from 'node:path';
import type { DiscoveryHost } from './host.ts';

/** Paths as that platform writes them. */
export function pathsOf({ platform }: DiscoveryHost): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

/** Where Docker's client keeps its settings. It takes a relative place from where it is started; that would be another folder for the window and for the command line. */
export function configurationFolder(host: DiscoveryHost): string | null {
  const paths = pathsOf(host);
  const given = host.env['DOCKER_CONFIG'] ?? '';
  if (paths.isAbsolute(given)) return given;
  return paths.isAbsolute(host.homeDir) ? paths.join(host.homeDir, '.docker') : null;
}

/** The certificates with which an engine is asked that no context names; null where none are wanted, which a folder for them alone does not say. */
export function certificatesByVariable(host: DiscoveryHost): string | null {
  if ((host.env['DOCKER_TLS_VERIFY'] ?? '') === '') return null;
  return host.env['DOCKER_CERT_PATH'] || configurationFolder(host);
}
