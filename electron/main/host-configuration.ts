import { existsSync } from 'node:fs';
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

/** The bundler's package is bundled into the host, so its binary is not where it would look for it, nor is that of the program that compares contracts. */
export function hostEnvironment(places: Places): Record<string, string> {
  const { esbuild, oasdiff } = places.lab;
  // Not there for every platform; then any that the machine has.
  return { ESBUILD_BINARY_PATH: esbuild, ...(existsSync(oasdiff) ? { OASDIFF_BINARY_PATH: oasdiff } : {}) };
}
