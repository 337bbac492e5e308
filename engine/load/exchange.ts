import type { CompiledJourney, CompiledStep } from './journey.ts';
import type { Variables } from './template.ts';

/** How a request ended. */
export type Outcome = 'good' | 'late' | 'dropped' | 'status' | 'shape' | 'timeout' | 'refused' | 'reset' | 'other';

/** One journey under way. */
export interface JourneyRun {
  journey: CompiledJourney;
  /** Index into the workload's journeys. */
  kind: number;
  variables: Variables;
  /** Index of the step under way. */
  at: number;
  /** Every step so far was good. */
  good: boolean;
  /** Trace id shared by the journey's requests; null when it is not sampled. */
  traceId: string | null;
}

/** One request, from the instant it was due to its end. Times are ms of `performance.now()`. */
export interface Exchange {
  run: JourneyRun;
  step: CompiledStep;
  intendedMs: number;
  /** When the pacer handed it over. */
  issuedMs: number;
  /** When it was written to a connection; NaN while it waits in line. */
  sentMs: number;
  text: string;
  slice: number;
  done: boolean;
  /** What it is on; null while it waits in line. */
  connection: { close(): void } | null;
}
