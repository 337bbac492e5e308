import type { Resilience } from '../../../engine/model/index.ts';
import { formatShare, formatMs, plural, trimZeros } from '../../../report/index.ts';

type Policy = Exclude<keyof Resilience, 'deadlineMs' | 'fallback'>;

/** What a policy starts with when it is switched on. */
export const usualPolicies = {
  retries: { count: 2, backoffMs: 50, jitter: 0.5, budget: 0.2 },
  circuitBreaker: { failureShare: 0.5, windowMs: 5000, minimumCallsPerSecond: 5, openMs: 2000 },
  bulkhead: { concurrent: 32, queued: 64 },
  loadShedding: { inFlight: 200 },
} as const satisfies { [P in Policy]: NonNullable<Resilience[P]> };

/** The policies of a variant in one line, for example `deadline 1.0 s, 2 retries with a budget of 20 %`. */
export function policySentence(resilience: Resilience): string {
  const { retries, circuitBreaker, bulkhead, loadShedding, fallback } = resilience;
  const parts = [`deadline ${trimZeros(formatMs(resilience.deadlineMs))}`];
  if (retries !== null) {
    const budget = retries.budget === null ? 'without a budget' : `with a budget of ${formatShare(retries.budget)}`;
    parts.push(`${plural(retries.count, 'retry', 'retries')} ${budget}`);
  }
  if (circuitBreaker !== null) parts.push('circuit breaker');
  if (bulkhead !== null) parts.push('bulkhead');
  if (loadShedding !== null) parts.push('load shedding');
  parts.push(fallback ? 'fallback' : 'no fallback');
  return parts.join(', ');
}
