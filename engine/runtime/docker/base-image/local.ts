import type Docker from 'dockerode';
import { LIMIT_MS, engineCall, statusOf } from '../call.ts';
import { withSignal } from '../signalled.ts';
import { isFor, type Architecture } from './architecture.ts';
import type { BaseRecipe } from './recipe.ts';
import type { BaseImage, BaseImageOrigin } from './types.ts';

/** Describes the image named `reference` if the engine has it. One for other processors is as good as none: units on it would not start, or be emulated. */
export async function inspectImage(
  docker: Docker,
  reference: string,
  recipe: Pick<BaseRecipe, 'version'>,
  architecture: Architecture,
  origin: BaseImageOrigin,
  signal: AbortSignal | undefined,
): Promise<BaseImage | undefined> {
  try {
    const image = await engineCall(`Looking for the image ${reference}`, LIMIT_MS.ask, signal, (abortSignal) =>
      docker.getImage(reference).inspect(withSignal({}, abortSignal)),
    );
    if (!isFor(architecture, image.Architecture)) return undefined;
    const repositoryDigest = image.RepoDigests?.[0]?.split('@')[1];
    return {
      reference,
      id: image.Id,
      digest: repositoryDigest ?? image.Id,
      origin,
      architecture: architecture.node,
      version: recipe.version,
      sizeBytes: image.Size,
    };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
