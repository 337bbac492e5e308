import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { hostConfig } from '../../../scripts/desktop/host-config.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** The built program beside which lies another engine host. */
export const scriptedRoot = path.join(root, 'test-results', 'scripted-app');

/** Copies the built program and puts the scripted engine host in the place of its own. */
export async function buildScriptedApp(): Promise<void> {
  await rm(scriptedRoot, { recursive: true, force: true });
  await mkdir(scriptedRoot, { recursive: true });
  await cp(path.join(root, 'out'), path.join(scriptedRoot, 'out'), { recursive: true });
  await cp(path.join(root, 'package.json'), path.join(scriptedRoot, 'package.json'));
  for (const name of ['sample-apps', 'node_modules', 'docs'])
    await symlink(path.join(root, name), path.join(scriptedRoot, name));
  await build(
    hostConfig(root, {
      entry: path.join(root, 'tests', 'e2e', 'scripted-host', 'index.ts'),
      outDir: path.join(scriptedRoot, 'out', 'host'),
    }),
  );
}
