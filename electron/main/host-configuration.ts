import { app } from 'electron';
import type { AppSettings } from '../../engine/model/index.ts';
import type { HostConfiguration } from '../host-protocol/index.ts';
import type { Places } from './places.ts';

/** What the engine host is told about this machine and the person's wishes. */
export function hostConfiguration(
  role: HostConfiguration['role'],
  places: Places,
  dataDirectory: string,
  settings: AppSettings,
): HostConfiguration {
  return {
    role,
    version: app.getVersion(),
    applicationsDirectory: places.lab.applications,
    agentProgramPath: places.lab.agentProgram,
    nodePath: places.lab.node,
    dataDirectory,
    stateDirectory: places.state,
    workDirectory: places.work,
    settings,
  };
}

/** The packages of bundler and comparing program are bundled into the host, so their binaries are not where they would look for them. */
export function hostEnvironment(places: Places): Record<string, string> {
  return { ESBUILD_BINARY_PATH: places.lab.esbuild, OASDIFF_BINARY_PATH: places.lab.oasdiff };
}
