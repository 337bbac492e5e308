import type { LedgerEntry } from '../model/index.ts';
import type { Outcome } from './exchange.ts';

/**
 * What a client knows of an attempt after it ended; null when it was never made. An answer of the 5xx class says only that the server
 * failed, not that nothing happened (RFC 9110, 15.6), so it is indeterminate like a missing answer.
 */
export function ledgerOutcome(outcome: Outcome, status: number | null, sent: boolean): LedgerEntry['outcome'] | null {
  switch (outcome) {
    case 'good':
    case 'late':
    case 'shape':
      return 'acknowledged';
    case 'status':
      return status !== null && status >= 500 ? 'indeterminate' : 'rejected';
    case 'refused':
      return 'rejected';
    case 'timeout':
    case 'reset':
    case 'other':
    case 'dropped':
      return sent ? 'indeterminate' : null;
  }
}
