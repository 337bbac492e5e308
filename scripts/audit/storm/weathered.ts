import type { Value } from '../histogram.ts';
import { own } from '../own.ts';
import type { Count } from '../proportion.ts';
import { recovery } from '../recovery.ts';
import type { Application, RoundBase, Slice } from '../round.ts';
import { askedIn, slicesTouching, slicesWithin } from '../windows.ts';

interface Storm {
  label: string;
  fault: { module: string };
  status: 'applied' | 'cannot-happen' | 'aborted';
  beganAtMs: number | null;
  spikeAtMs: number | null;
  effectAtMs: number | null;
  calmAtMs: number | null;
  watchedUntilMs: number | null;
  firstLookAtMs: number | null;
  lastLookAtMs: number | null;
  callsInCalm: number | null;
  counted: { calls: number } | null;
}

export interface StormFields {
  storm?: Storm | null;
}

/** Everything that is compared of one storm in one deployment, from its slices, moments and counters. */
export interface Weathered {
  /** Good and all scheduled requests from the effect to the end of the observation. */
  through: Count;
  amplification: number | null;
  recover: Value;
}

/** Derives it; null where no storm was raised or its slices are not there. */
export function weathered({ storm, lines }: RoundBase & StormFields, application: Application): Weathered | null {
  const slices = lines['storm'] ?? [];
  if (storm?.status !== 'applied' || slices.length === 0) return null;
  const { beganAtMs, spikeAtMs, effectAtMs, calmAtMs, watchedUntilMs } = storm;
  if (beganAtMs === null || spikeAtMs === null || effectAtMs === null || calmAtMs === null) return null;
  if (watchedUntilMs === null) return null;
  const { good, scheduled } = askedIn(
    slicesTouching(slicesWithin(slices, -Infinity, watchedUntilMs), effectAtMs, Infinity),
  );
  return {
    through: { successes: good, trials: scheduled },
    amplification: amplificationOf(storm, slices, application),
    recover: recovery(slices, askedIn(slicesWithin(slices, beganAtMs, spikeAtMs)), calmAtMs, watchedUntilMs),
  };
}

/** Calls for each request that uses the module since the last look, over those between the two looks; null where one of them is unknown or there were none before. */
function amplificationOf(
  { fault, firstLookAtMs, lastLookAtMs, callsInCalm, counted }: Storm,
  slices: readonly Slice[],
  application: Application,
): number | null {
  if (firstLookAtMs === null || lastLookAtMs === null || callsInCalm === null || counted === null) return null;
  let [before, since] = [0, 0];
  for (const [endpoint, { needs }] of Object.entries(application.endpoints)) {
    if (own(needs, fault.module) === undefined) continue;
    before += askedIn(slicesWithin(slices, firstLookAtMs, lastLookAtMs), endpoint).scheduled;
    since += askedIn(slicesWithin(slices, lastLookAtMs, Infinity), endpoint).scheduled;
  }
  return callsInCalm === 0 || before === 0 || since === 0 ? null : (counted.calls * before) / (since * callsInCalm);
}
