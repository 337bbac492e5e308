import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path, { join, resolve } from 'node:path';
import { z } from 'zod';
import { buildAgentProgram } from '../engine/agent/index.ts';
import { laboratoryOfThisMachine, type Laboratory } from '../engine/deploy/index.ts';
import { dataFolder } from '../engine/model/index.ts';
import { sourceState } from './source-state.ts';

/** The laboratory of a source checkout. */
export function laboratoryOfCheckout(): Laboratory {
  const root = resolve(import.meta.dirname, '..');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const dataDirectory = dataFolder({ platform: process.platform, environment: process.env, home: homedir(), path });
  const workDirectory = process.env['CLEAVE_WORK_DIR'] || join(dataDirectory, 'work');
  const source = sourceState(root);
  let agent: Promise<Uint8Array> | undefined;
  return laboratoryOfThisMachine({
    version,
    sourceCommit: source.commit,
    sourceDirty: source.dirty,
    applicationsDirectory: process.env['CLEAVE_APPLICATIONS_DIR'] ?? join(root, 'sample-apps'),
    dataDirectory,
    stateDirectory: join(dataDirectory, 'state'),
    workDirectory: resolve(workDirectory),
    nodePath: process.execPath,
    agentProgram: () => (agent ??= buildAgentProgram()),
  });
}
