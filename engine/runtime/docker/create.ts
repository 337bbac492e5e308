import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { abortReason } from '../errors.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { containerBody } from './container-body.ts';
import type { ContainerWish } from './container-body.ts';
import { assertSafe } from './policy.ts';
import { removeContainer } from './remove.ts';

/**
 * Creates a container. The only place of the project that does. A cancel takes effect when the engine has answered: a call given up half-way
 * would leave a container that nobody knows of.
 */
export async function createContainer(
  docker: Docker,
  wish: ContainerWish,
  signal: AbortSignal | undefined,
): Promise<Container> {
  const body = containerBody(wish);
  assertSafe(body);
  signal?.throwIfAborted();
  const container = await engineCall(
    `Creating the container "${wish.name}"`,
    LIMIT_MS.change,
    undefined,
    (abortSignal) => docker.createContainer({ ...body, abortSignal }),
  );
  if (signal?.aborted) {
    await removeContainer(docker, container, wish.name);
    throw abortReason(signal);
  }
  return container;
}
