import type Docker from 'dockerode';
import { answerWithin, INSPECT_LIMIT_MS } from './limits.ts';
import { NODE_VERSION } from './recipe.ts';
import type { BaseImage, BaseImageOrigin } from './types.ts';

/** Describes the image named `reference` if the engine has it. */
export async function inspectImage(
  docker: Docker,
  reference: string,
  origin: BaseImageOrigin,
  signal: AbortSignal | undefined,
): Promise<BaseImage | undefined> {
  try {
    const image = await answerWithin(docker.getImage(reference).inspect(), INSPECT_LIMIT_MS, signal);
    const repositoryDigest = image.RepoDigests?.[0]?.split('@')[1];
    return {
      reference,
      id: image.Id,
      digest: repositoryDigest ?? image.Id,
      origin,
      nodeVersion: NODE_VERSION,
      sizeBytes: image.Size,
    };
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return undefined;
    throw error;
  }
}
