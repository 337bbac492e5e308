import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { LIMIT_MS, engineCall } from './call.ts';
import { containerBody } from './container-body.ts';
import type { ContainerWish } from './container-body.ts';
import { assertSafe } from './policy.ts';

/** Creates a container. The only place of the project that does. */
export async function createContainer(
  docker: Docker,
  wish: ContainerWish,
  signal: AbortSignal | undefined,
): Promise<Container> {
  const body = containerBody(wish);
  assertSafe(body);
  return engineCall(`Creating the container of "${wish.name}"`, LIMIT_MS.change, signal, (abortSignal) =>
    docker.createContainer({ ...body, abortSignal }),
  );
}
