import { openWeights } from '../weights.ts';
import type { Context } from './context.ts';

export function registerWeightsRequests({ requests, places }: Context): void {
  const weights = openWeights(places.profile);
  requests.handle('weights:get', (application) => weights.get(application));
  requests.handle('weights:set', (application, wanted) => weights.set(application, wanted));
}
