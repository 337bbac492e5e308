import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { whileMoving } from '../../moving.ts';
import { readProgress } from '../progress.ts';
import type { Architecture } from './architecture.ts';
import { layoutOf } from './layout.ts';
import { assertSameKind, sharedLibraries, unpackPackages } from './libraries.ts';
import { IMPORT_LIMIT_MS, STALL_LIMIT_MS, within } from './limits.ts';
import { imageConfiguration, recipeTag, type BaseRecipe } from './recipe.ts';
import { tarOf } from './tar.ts';

/** Makes a base image from published packages and imports it into the engine. Returns its reference. */
export async function assembleImage(
  docker: Docker,
  recipe: BaseRecipe,
  architecture: Architecture,
  workDir: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  assertSameKind(architecture);
  await mkdir(workDir, { recursive: true });
  const folder = await mkdtemp(path.join(workDir, 'base-image-'));
  try {
    const unpacked = await unpackPackages(recipe, architecture, folder, signal);
    const packages = unpacked instanceof Error ? null : unpacked;
    const [programs, libraries] = await Promise.all([
      recipe.programs({ architecture, folder, packages, signal }),
      sharedLibraries(recipe, architecture, unpacked),
    ]);
    const { repo, tag } = recipeTag(recipe, architecture);
    const limited = within(IMPORT_LIMIT_MS, signal);
    await whileMoving('Importing the base image', STALL_LIMIT_MS, limited, async (abortSignal, moved) => {
      const stream = await docker.importImage(tarOf(layoutOf(architecture, { programs, libraries })), {
        // In one piece: Podman does not look at a tag of its own.
        repo: `${repo}:${tag}`,
        changes: imageConfiguration(recipe, architecture),
        abortSignal,
      });
      await readProgress(stream, moved);
    });
    return `${repo}:${tag}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
