import { forwardedRequests, type ForwardedRequest } from '../../host-protocol/index.ts';
import type { Context } from './context.ts';

/** Requests that the engine host answers as they are. */
export function registerForwardedRequests({ requests, host }: Context): void {
  const forward = (name: ForwardedRequest): void => requests.handle(name, (...args) => host.forward(name, args));
  for (const name of forwardedRequests) forward(name);
}
