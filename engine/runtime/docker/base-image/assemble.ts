import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { whileMoving } from '../../moving.ts';
import { readProgress } from '../progress.ts';
import type { Architecture } from './architecture.ts';
import { layoutOf } from './layout.ts';
import { sharedLibraries } from './libraries.ts';
import { IMPORT_LIMIT_MS, STALL_LIMIT_MS, within } from './limits.ts';
import { nodeBinary } from './node-binary.ts';
import { imageConfiguration, recipeTag } from './recipe.ts';
import { tarOf } from './tar.ts';

/** Makes the base image from published packages and imports it into the engine. Returns its reference. */
export async function assembleImage(
  docker: Docker,
  architecture: Architecture,
  workDir: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  await mkdir(workDir, { recursive: true });
  const folder = await mkdtemp(path.join(workDir, 'base-image-'));
  try {
    const [node, libraries] = await Promise.all([
      nodeBinary(architecture, folder, signal),
      sharedLibraries(architecture, folder, signal),
    ]);
    const { repo, tag } = recipeTag(architecture);
    const limited = within(IMPORT_LIMIT_MS, signal);
    await whileMoving('Importing the base image', STALL_LIMIT_MS, limited, async (abortSignal, moved) => {
      const stream = await docker.importImage(tarOf(layoutOf(architecture, { node, libraries })), {
        // In one piece: Podman does not look at a tag of its own.
        repo: `${repo}:${tag}`,
        changes: imageConfiguration(architecture),
        abortSignal,
      });
      await readProgress(stream, moved);
    });
    return `${repo}:${tag}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
