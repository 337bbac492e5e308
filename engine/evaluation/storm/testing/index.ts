import type { StormMeasurement } from '../../../model/index.ts';

/** Calm until 5 s, spike and fault until 10 s, watched until 25 s, and changed as wanted. For tests. */
export function stormWith(change: Partial<StormMeasurement> = {}): StormMeasurement {
  return {
    fault: { kind: 'slow', module: 'recommendations', delayMs: 400 },
    label: 'one',
    spikeFactor: 3,
    status: 'applied',
    reason: null,
    beganAtMs: 0,
    spikeAtMs: 5000,
    effectAtMs: 5000,
    calmAtMs: 10_000,
    watchedUntilMs: 25_000,
    firstLookAtMs: 0,
    lastLookAtMs: 5000,
    callsInCalm: 100,
    counted: { calls: 400, retries: 0, breakerOpens: 0 },
    events: [],
    resolutionMs: 250,
    legacy: null,
    ...change,
  };
}
