import type { Application, Experiment, Finding, MetricName, Percentile, Round } from '../model/index.ts';
import type { Count, Observation } from '../statistics/index.ts';

/** One number that a round gives: a metric, what it is restricted to, and how it is read from the raw measurements. */
export interface Measure {
  metric: MetricName;
  scope: Finding['scope'];
  /** Null where the round does not have it. A bound (`censored`) means the true value is at least this. */
  read: (round: Round) => Observation | null;
  /** Step in which values come, on the averaging scale (log for ratios); overrides the catalogue's. */
  resolution?: number;
  /** The requests that the value counts, for exact limits where it never varied; null where the round has none. */
  counts?: (round: Round) => Count | null;
}

/** What measures are made for: the faults of the experiment, the endpoints that were called, and all rounds, where one is held against another. */
export interface MeasureContext {
  experiment: Experiment;
  application: Application;
  endpoints: string[];
  rounds: readonly Round[];
}

/** An observed value; null for nothing and for what is not a number. */
export function observed(value: number | null | undefined): Observation | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : { value, censored: false };
}

/** A percentile as an observation: a lower bound stays one, too few samples are none. */
export function observedPercentile(percentile: Percentile): Observation | null {
  switch (percentile.kind) {
    case 'value':
      return { value: percentile.ms, censored: false };
    case 'atLeast':
      return { value: percentile.ms, censored: true };
    case 'tooFew':
      return null;
    default:
      return percentile satisfies never;
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
