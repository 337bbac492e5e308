import type Docker from 'dockerode';
import { z } from 'zod';
import { LIMIT_MS, engineCall } from '../call.ts';
import { signalled } from '../signalled.ts';
import { architectureOf, type Architecture } from './architecture.ts';
import { assembleImage } from './assemble.ts';
import { inspectImage } from './local.ts';
import { pullImage } from './pull.ts';
import { recipeTag, type BaseRecipe } from './recipe.ts';
import type { BaseImage, BaseImageOptions } from './types.ts';

const infoSchema = z.object({ Architecture: z.string() });

/**
 * Makes a base image present in the engine: one that is there already, else the pinned official image from a registry, else one assembled from published packages. Throws one sentence saying what to do if none can be had.
 */
export async function ensureBaseImage(
  docker: Docker,
  recipe: BaseRecipe,
  options: BaseImageOptions,
): Promise<BaseImage> {
  const { signal, workDir, onProgress = () => {} } = options;
  const info = await engineCall('Asking what processors the engine has', LIMIT_MS.ask, signal, async (abortSignal) =>
    infoSchema.parse(await signalled(docker).info({ abortSignal })),
  );
  const architecture = architectureOf(info.Architecture);
  const { repo, tag } = recipeTag(recipe, architecture);

  const local =
    (await inspectImage(docker, `${repo}:${tag}`, recipe, architecture, 'local', signal)) ??
    (await inspectImage(docker, recipe.official, recipe, architecture, 'local', signal));
  if (local !== undefined) return local;

  onProgress(`Pulling the base image ${recipe.official}`);
  const pullFailure = await pullImage(docker, recipe.official, signal).then(
    () => undefined,
    (error: unknown) => error,
  );
  signal?.throwIfAborted();
  if (pullFailure === undefined)
    return present(
      await inspectImage(docker, recipe.official, recipe, architecture, 'pulled', signal),
      recipe.official,
      architecture,
    );

  onProgress(`No image registry gave it (${sentenceOf(pullFailure)}); assembling a base image from packages`);
  try {
    const reference = await assembleImage(docker, recipe, architecture, workDir, signal);
    return present(
      await inspectImage(docker, reference, recipe, architecture, 'assembled', signal),
      reference,
      architecture,
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(
      `No base image: ${recipe.official} could not be pulled (${sentenceOf(pullFailure)}) and none could be assembled ` +
        `(${sentenceOf(error)}). Connect the engine to an image registry, or load that image with "docker load".`,
      { cause: error },
    );
  }
}

function present(image: BaseImage | undefined, reference: string, { debian }: Architecture): BaseImage {
  if (image === undefined)
    throw new Error(`the engine has no image ${reference} for ${debian} right after it was made`);
  return image;
}

function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}
