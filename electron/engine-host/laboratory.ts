import { readFile } from 'node:fs/promises';
import { laboratoryOfThisMachine, type Laboratory } from '../../engine/deploy/index.ts';
import type { HostConfiguration, HostMessage } from '../host-protocol/index.ts';

/** Where the laboratory finds what it needs on this machine. */
export function laboratoryOf(configuration: HostConfiguration): Laboratory {
  return laboratoryOfThisMachine({
    version: configuration.version,
    sourceCommit: null,
    applicationsDirectory: configuration.applicationsDirectory,
    dataDirectory: configuration.dataDirectory,
    stateDirectory: configuration.stateDirectory,
    workDirectory: configuration.workDirectory,
    nodePath: configuration.nodePath,
    agentProgram: () => readFile(configuration.agentProgramPath),
  });
}

/** What a crash left behind goes away at the next start; what belongs to a living owner stays. Never throws. */
export async function sweepLeftovers(
  { stateDirectory, workDirectory, settings }: HostConfiguration,
  post: (message: HostMessage) => void,
): Promise<void> {
  try {
    const { sweepAll } = await import('../../engine/runtime/index.ts');
    const { removed, unknown, failed } = await sweepAll({
      stateDir: stateDirectory,
      workDir: workDirectory,
      explicitEngine: settings.engineAddress ?? undefined,
    });
    const kept = unknown.length === 0 ? '' : `, kept ${unknown.length} whose owner cannot be told dead from here`;
    post({ type: 'log', level: 'info', text: `start-up sweep removed ${removed.length} leftovers${kept}` });
    for (const problem of failed) post({ type: 'log', level: 'warning', text: `start-up sweep: ${problem}` });
  } catch (error) {
    post({ type: 'log', level: 'warning', text: `start-up sweep failed: ${String(error)}` });
  }
}
