import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { buildAgentProgram } from '../engine/agent/index.ts';
import { laboratoryOfThisMachine, type Laboratory } from '../engine/deploy/index.ts';
import { dataFolders, folderOfVariable } from '../engine/files/index.ts';
import { sourceState } from './source-state.ts';

/** The laboratory of a source checkout. Throws an Error in one sentence where nothing tells a place for its data. */
export function laboratoryOfCheckout(): Laboratory {
  const root = resolve(import.meta.dirname, '..');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const folders = dataFolders();
  const source = sourceState(root);
  const others = folderOfVariable('CLEAVE_APPLICATIONS_DIR');
  let agent: Promise<Uint8Array> | undefined;
  return laboratoryOfThisMachine({
    version,
    sourceCommit: source.commit,
    sourceDirty: source.dirty,
    applicationsDirectory: others ?? join(root, 'sample-apps'),
    applicationsAreOthers: others !== undefined,
    dataDirectory: folders.data,
    stateDirectory: folders.state,
    workDirectory: folders.work,
    nodePath: process.execPath,
    agentProgram: () => (agent ??= buildAgentProgram()),
  });
}
