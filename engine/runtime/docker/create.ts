import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { abortReason } from '../errors.ts';
import { LIMIT_MS, engineCall, isAway, statusOf } from './call.ts';
import { containerBody } from './container-body.ts';
import type { ContainerWish } from './container-body.ts';
import { assertSafe } from './policy.ts';
import { removeContainer } from './remove.ts';

/** How long one whose creation was not answered may take to go, ms. */
const LOST_MS = 5000;

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
  ).catch(async (error: unknown) => {
    // The engine may have made it all the same, and nobody would know of it.
    if (statusOf(error) === undefined && !isAway(error))
      await removeContainer(docker, { id: wish.name }, wish.name, LOST_MS).catch(() => undefined);
    throw error;
  });
  if (signal?.aborted) {
    await removeContainer(docker, container, wish.name);
    throw abortReason(signal);
  }
  return container;
}
