export type BreakerState = 'closed' | 'open' | 'half-open';

/** What the policies of a unit did since its start. */
export interface PolicyCounters {
  retries: number;
  breakerOpens: number;
  breakerState: Record<string, BreakerState>;
  rejectedByBulkhead: number;
  shed: number;
  fallbacks: number;
}

export function createCounters(): PolicyCounters {
  return { retries: 0, breakerOpens: 0, breakerState: {}, rejectedByBulkhead: 0, shed: 0, fallbacks: 0 };
}
