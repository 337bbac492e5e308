import { forwardedRequests, type ForwardedRequest } from '../../host-protocol/index.ts';
import type { Context } from './context.ts';

/** Requests that the engine host answers as they are. */
export function registerForwardedRequests({ requests, host, reader, recorder }: Context): void {
  // A result may be large, and reading it is felt by what is measured in the same process.
  const answering = (name: ForwardedRequest) => (name === 'results:get' && recorder.busy ? reader : host);
  const forward = (name: ForwardedRequest): void =>
    requests.handle(name, (...args) => answering(name).forward(name, args));
  for (const name of forwardedRequests) forward(name);
}
