import type { Experiment, RuntimeKind } from './experiment.ts';
import { estimateDurationMs } from './preset-estimate.ts';
import { mayEndEarly } from './run-progress.ts';

/** What a stored run tells of how long runs take, and on what machine that was. */
export interface RunTiming {
  /** What the general estimate said, ms. */
  plannedMs: number;
  cpus: number;
  memoryBytes: number;
}

/** A run that ended by itself. */
export interface PastRun {
  preset: string | null;
  runtime: RuntimeKind;
  status: string;
  startedAt: string;
  endedAt: string;
  /** Set where it was measured in several goes, ms: one alone took some of that, and nobody knows what all of them take. */
  tookMs?: number | undefined;
  timing: RunTiming;
}

/** How long a run will take. `atMost`: it may end early, so that `highMs` is a bound. */
export interface RunEstimate {
  lowMs: number;
  highMs: number;
  atMost: boolean;
  /** Stored runs of this machine that it was learned from. */
  runs: number;
}

/** From so many runs on they are believed alone; before it the general estimate counts with them. */
const enoughRuns = 3;

// A new kernel keeps a little more or less for itself.
const sameMemory = 0.02;

/**
 * How long the experiment takes here: the general estimate, times how much longer or shorter than it completed runs on this machine took (those of
 * the same preset where there are enough, otherwise all on the same runtime). Never narrower than what those runs took. Pure.
 */
export function estimateFrom(
  experiment: Experiment,
  past: readonly PastRun[],
  here: { cpus: number; memoryBytes: number; runtime: RuntimeKind | null },
): RunEstimate {
  const plannedMs = estimateDurationMs(experiment);
  const atMost = mayEndEarly(experiment);
  const comparable = past.filter(
    ({ status, runtime, tookMs, timing }) =>
      status === 'completed' &&
      tookMs === undefined &&
      timing.plannedMs > 0 &&
      timing.cpus === here.cpus &&
      Math.abs(timing.memoryBytes / here.memoryBytes - 1) < sameMemory &&
      (here.runtime === null || runtime === here.runtime),
  );
  const alike = comparable.filter(({ preset }) => preset !== null && preset === experiment.preset);
  // A budget is kept whatever the machine: only runs that had it can tell otherwise.
  const like = experiment.budgetMs !== null || alike.length >= enoughRuns ? alike : comparable;
  const ratios = like
    .map(({ startedAt, endedAt, timing }) => (Date.parse(endedAt) - Date.parse(startedAt)) / timing.plannedMs)
    .filter((ratio) => Number.isFinite(ratio) && ratio > 0);
  const known = ratios.length >= enoughRuns ? ratios : [...ratios, 1];
  const highMs = plannedMs * Math.max(...known, atMost ? 1 : 0);
  return { lowMs: plannedMs * Math.min(...known), highMs, atMost, runs: ratios.length };
}

/** One number for a bar of progress: the bound of a run that may end early, otherwise the middle. */
export const expectedMs = ({ lowMs, highMs, atMost }: RunEstimate): number => (atMost ? highMs : (lowMs + highMs) / 2);
