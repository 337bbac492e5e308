import { bulkhead, isBulkheadRejectedError } from 'cockatiel';
import { steadyMs } from '../clock.ts';
import type { Resilience } from '../configuration.ts';
import { CallError } from '../errors.ts';
import type { PolicyCounters } from './counters.ts';
import type { Guard } from './guard.ts';

/** Bounds the calls to one target that run at once and wait in line; the wait is told to the span. */
export function bulkheadGuard(
  target: string,
  options: NonNullable<Resilience['bulkhead']>,
  counters: PolicyCounters,
): Guard {
  const policy = bulkhead(options.concurrent, options.queued);
  return (call, next) => {
    const start = steadyMs();
    return policy
      .execute(() => next({ ...call, queuedMs: steadyMs() - start }))
      .catch((error: unknown) => {
        if (!isBulkheadRejectedError(error)) throw error;
        counters.rejectedByBulkhead++;
        throw new CallError('bulkhead-full', `too many calls to ${target} are under way`);
      });
  };
}
