import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildAgentProgram } from '../../engine/agent/index.ts';
import { laboratoryOfThisMachine, type Laboratory } from '../../engine/deploy/index.ts';
import { shareGoCache } from './go-cache.ts';

/** A laboratory on this checkout's applications, or on others, with folders of its own; `remove` deletes them. */
export function testLaboratory({
  applicationsDirectory = resolve(import.meta.dirname, '..', '..', 'sample-apps'),
}: Partial<Pick<Laboratory, 'applicationsDirectory'>> = {}): Laboratory & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'cleave-test-'));
  let agent: Promise<Uint8Array> | undefined;
  const places = {
    version: 'test',
    sourceCommit: null,
    applicationsDirectory,
    dataDirectory: join(folder, 'data'),
    stateDirectory: join(folder, 'state'),
    workDirectory: join(folder, 'work'),
    nodePath: process.execPath,
    agentProgram: () => (agent ??= buildAgentProgram()),
  };
  shareGoCache(places.workDirectory);
  return {
    ...laboratoryOfThisMachine(places),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
