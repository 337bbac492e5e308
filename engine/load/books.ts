import { errorCount, type RequestCounts } from '../model/index.ts';

/** What a load counted on its way, each by itself. */
export interface LoadBooks {
  /** Steps of the journeys that began. */
  steps: number;
  /** Requests whose time had come. */
  requests: number;
  /** Steps that were not made because one before them went bad or the load was stopped. */
  skipped: number;
  /** How the requests of each endpoint ended. */
  endpoints: readonly RequestCounts[];
  /** Requests that the slices hold. */
  inSlices: number;
}

/**
 * Throws when a request was lost or counted twice: a load whose sums do not agree is worth nothing, and must not pass for one in which
 * all went well.
 */
export function assertBalanced({ steps, requests, skipped, endpoints, inSlices }: LoadBooks): void {
  const ended = endpoints.reduce(
    (sum, { good, late, dropped, errors }) => sum + good + late + dropped + errorCount(errors),
    0,
  );
  const scheduled = endpoints.reduce((sum, counts) => sum + counts.scheduled, 0);
  const sums = {
    'requests ended': ended,
    scheduled,
    'requests in slices': inSlices,
    'steps not skipped': steps - skipped,
  };
  const wrong = Object.entries(sums).filter(([, sum]) => sum !== requests);
  if (wrong.length === 0) return;
  const said = wrong.map(([what, sum]) => `${what}: ${sum}`).join(', ');
  throw new Error(
    `The load generator has lost count of its requests (${said}, but ${requests} were begun): its numbers cannot be used.`,
  );
}
