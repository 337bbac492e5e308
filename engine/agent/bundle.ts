import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleOwnProgram } from '../languages/index.ts';

export interface AgentProgramOptions {
  /** A program built before, for an installation without the sources. */
  prebuiltPath?: string;
}

const SOURCE = path.join('engine', 'agent', 'program.ts');

/** The agent as one self-contained ECMAScript module. Throws one sentence when neither sources nor the prebuilt file are there, or the bundler's error. */
export async function buildAgentProgram(options: AgentProgramOptions = {}): Promise<Uint8Array> {
  if (options.prebuiltPath !== undefined) return readFile(options.prebuiltPath);
  return bundleOwnProgram(findSource());
}

/** The sources lie above this file, wherever it was bundled to within a checkout. */
function findSource(): string {
  for (let directory = import.meta.dirname; ; directory = path.dirname(directory)) {
    const candidate = path.join(directory, SOURCE);
    if (existsSync(candidate)) return candidate;
    if (path.dirname(directory) === directory) {
      throw new Error('The agent program cannot be built: its sources are not here, and no prebuilt file was given.');
    }
  }
}
