import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build as buildWindow } from 'electron-vite';
import { build as buildProgram } from 'vite';
import { buildAgent } from './agent.ts';
import { isFresh, rememberBuild } from './freshness.ts';
import { hostConfig } from './host-config.ts';

export const root = path.resolve(import.meta.dirname, '..', '..');

/** Builds the desktop program into out/. Does nothing when no source changed since the last build, unless `force`. */
export async function buildDesktop({
  force = false,
  onProgress = console.log,
}: { force?: boolean; onProgress?: (text: string) => void } = {}): Promise<void> {
  if (!force && (await isFresh(root))) return;
  onProgress('Building the desktop program.');
  await buildWindow({ root, logLevel: 'warn' });
  await buildProgram(hostConfig(root));
  await buildAgent(root);
  await mkdir(path.join(root, 'out'), { recursive: true });
  await copyFile(path.join(root, 'electron', 'resources', 'icon.png'), path.join(root, 'out', 'icon.png'));
  await rememberBuild(root);
}

if (import.meta.main) await buildDesktop({ force: process.argv.includes('--force') });
