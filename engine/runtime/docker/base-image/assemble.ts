import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { whileMoving } from '../../moving.ts';
import { STILL_MS } from '../call.ts';
import { readProgress } from '../progress.ts';
import type { Architecture } from './architecture.ts';
import { layoutOf } from './layout.ts';
import { assertSameKind, sharedLibraries, unpackPackages } from './libraries.ts';
import { IMPORT_LIMIT_MS, within } from './limits.ts';
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
    const layer = tarOf(layoutOf(architecture, { programs, libraries }));
    await whileMoving('Importing the base image', STILL_MS, limited, async (abortSignal, moved) => {
      const stream = await docker.importImage(Readable.from(telling(layer, moved)), {
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

/** What `layer` gives; that the engine takes it is progress, for it tells nothing meanwhile. */
async function* telling(layer: AsyncIterable<unknown>, moved: () => void): AsyncGenerator {
  for await (const piece of layer) {
    moved();
    yield piece;
  }
}
