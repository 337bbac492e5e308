import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { buildAgentProgram } from '../engine/agent/index.ts';
import { laboratoryOfThisMachine, type Laboratory } from '../engine/deploy/index.ts';

/** The laboratory of a source checkout. */
export function laboratoryOfCheckout(): Laboratory {
  const root = resolve(import.meta.dirname, '..');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const dataDirectory = process.env['CLEAVE_DATA_DIR'] ?? join(dataHome(), 'cleave');
  let agent: Promise<Uint8Array> | undefined;
  return laboratoryOfThisMachine({
    version,
    sourceCommit: commitOf(root),
    applicationsDirectory: process.env['CLEAVE_APPLICATIONS_DIR'] ?? join(root, 'sample-apps'),
    dataDirectory,
    stateDirectory: join(dataDirectory, 'state'),
    workDirectory: join(tmpdir(), `cleave-work-${process.getuid?.() ?? 'user'}`),
    nodePath: process.execPath,
    agentProgram: () => (agent ??= buildAgentProgram()),
  });
}

/** Where this system keeps a program's data. */
function dataHome(): string {
  switch (process.platform) {
    case 'win32':
      return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support');
    default:
      return process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
  }
}

function commitOf(root: string): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
  } catch {
    // An unpacked archive has no history.
    return null;
  }
}
