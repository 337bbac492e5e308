import { firstRecovered, tallyOf, tallyQuantile, type Baseline } from '../../evaluation/index.ts';
import { samplesNeeded, type LineSlice, type StormMeasurement } from '../../model/index.ts';

type Window = StormMeasurement['baseline'];

/** Requests of one span; the rate counts over the slices' own length. */
export function stormWindow(slices: readonly LineSlice[]): Window {
  const tally = tallyOf(slices);
  const { scheduled, good } = tally;
  const p95Ms = scheduled < samplesNeeded(0.95) ? null : (tallyQuantile(tally, 0.95)?.ms ?? null);
  const lengthMs = slices.reduce((sum, slice) => sum + slice.lengthMs, 0);
  return { scheduled, good, p95Ms, goodPerSecond: lengthMs === 0 ? 0 : good / (lengthMs / 1000) };
}

/** Requests to `endpoints` whose time came in the span. */
export function requestsTo(slices: readonly LineSlice[], endpoints: readonly string[]): number {
  return endpoints.reduce((sum, endpoint) => sum + tallyOf(slices, endpoint).scheduled, 0);
}

/**
 * Calls that a module receives for each request that needs it, over the same ratio before: 1 when nothing is repeated, above it with
 * retries, below it when a breaker keeps calls away. Null where there is nothing to compare with.
 */
export function amplification(before: Ratio | null, during: Ratio | null): number | null {
  if (before === null || during === null) return null;
  if (before.calls <= 0 || before.requests <= 0 || during.requests <= 0) return null;
  return during.calls / during.requests / (before.calls / before.requests);
}

interface Ratio {
  calls: number;
  requests: number;
}

/** When the application was well again after spike and fault, counted from their end. */
export function stormRecovery(
  slices: readonly LineSlice[],
  calmAtMs: number,
  untilMs: number,
  baseline: Baseline,
): Pick<StormMeasurement, 'recoverMs' | 'recoverCensoredAtMs' | 'metastable'> {
  const recoveredAtMs = firstRecovered(slices, calmAtMs, baseline);
  return {
    recoverMs: recoveredAtMs === null ? null : Math.max(0, recoveredAtMs - calmAtMs),
    recoverCensoredAtMs: recoveredAtMs === null ? Math.max(0, untilMs - calmAtMs) : null,
    metastable: recoveredAtMs === null,
  };
}
