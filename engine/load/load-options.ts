import type { LoadSlice } from '../model/index.ts';
import type { AddressList } from './address-list.ts';

export interface LoadOptions {
  /** Ends the load early: no new arrivals; requests in line and under way settle, their journeys do not go on; the measurement follows. */
  signal?: AbortSignal;
  /** Called for each slice of the time line once all its requests have ended; slices after the plan's end hold what journeys still did. */
  onSlice?: (slice: LoadSlice) => void;
  /** Age at which a request is given up, ms; the plan's deadline unless it is longer. Answers in between are late. */
  abandonAfterMs?: number;
  /** Where the requests go instead of to `baseUrl`, whose host they still name. */
  addresses?: AddressList;
}
