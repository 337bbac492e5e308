import {
  own,
  samplesNeeded,
  type Application,
  type LineSlice,
  type StormMeasurement,
  type StormOutcome,
  type StormWindow,
} from '../../model/index.ts';
import { baselineOf, recoveryIn, tallyOf, tallyQuantile, touching, within } from '../isolation/index.ts';

/** Everything that is said about one storm in one deployment, from its moments, its counters and the slices of its load alone; null where it was not raised or its slices are not there. */
export function deriveStorm(
  measured: StormMeasurement,
  slices: readonly LineSlice[],
  application: Application,
): StormOutcome | null {
  const { beganAtMs, spikeAtMs, effectAtMs, calmAtMs, watchedUntilMs } = measured;
  if (slices.length === 0 || beganAtMs === null || spikeAtMs === null) return null;
  if (effectAtMs === null || calmAtMs === null || watchedUntilMs === null) return null;
  const calm = within(slices, beganAtMs, spikeAtMs);
  const sinceEffect = touching(within(slices, -Infinity, watchedUntilMs), effectAtMs, Infinity);
  const spike = touching(sinceEffect, effectAtMs, calmAtMs);
  return {
    baseline: windowOf(calm),
    spike: windowOf(spike),
    recovery: windowOf(sinceEffect.filter((slice) => !spike.includes(slice))),
    amplification: amplificationOf(measured, slices, application),
    ...recoveryIn(sinceEffect, calmAtMs, baselineOf(calm)),
  };
}

/** Requests of one span; the rate counts over the slices' own length. */
function windowOf(slices: readonly LineSlice[]): StormWindow {
  const tally = tallyOf(slices);
  const { scheduled, good } = tally;
  const p95Ms = scheduled < samplesNeeded(0.95) ? null : (tallyQuantile(tally, 0.95)?.ms ?? null);
  const lengthMs = slices.reduce((sum, slice) => sum + slice.lengthMs, 0);
  return { scheduled, good, p95Ms, goodPerSecond: lengthMs === 0 ? 0 : good / (lengthMs / 1000) };
}

/**
 * Calls that a module receives for each request that needs it, over the same ratio before: 1 when nothing is repeated, above it with
 * retries, below it when a breaker keeps calls away. Null where there is nothing to compare with.
 */
function amplificationOf(
  { fault, firstLookAtMs, lastLookAtMs, callsInCalm, counted }: StormMeasurement,
  slices: readonly LineSlice[],
  { endpoints }: Application,
): number | null {
  if (firstLookAtMs === null || lastLookAtMs === null || callsInCalm === null || counted === null) return null;
  const needing = Object.keys(endpoints).filter((name) => own(own(endpoints, name)?.needs, fault.module) !== undefined);
  const requests = (of: readonly LineSlice[]) =>
    needing.reduce((sum, endpoint) => sum + tallyOf(of, endpoint).scheduled, 0);
  const before = requests(within(slices, firstLookAtMs, lastLookAtMs));
  const since = requests(within(slices, lastLookAtMs, Infinity));
  if (callsInCalm <= 0 || before <= 0 || since <= 0) return null;
  return counted.calls / since / (callsInCalm / before);
}
