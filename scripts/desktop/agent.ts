import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildAgentProgram } from '../../engine/agent/index.ts';

/** Builds the program that stands beside the application into out/lab/agent.mjs. */
export async function buildAgent(root: string): Promise<void> {
  const folder = path.join(root, 'out', 'lab');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'agent.mjs'), await buildAgentProgram());
}
