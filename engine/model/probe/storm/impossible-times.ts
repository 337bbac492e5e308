import { disorder } from '../impossible-time.ts';
import type { StormMeasurement } from './measurement.ts';

/** What is said of a storm and cannot be. */
export function impossibleTimesOfStorm(measured: StormMeasurement): string[] {
  const { label, beganAtMs, spikeAtMs, effectAtMs, calmAtMs, watchedUntilMs, firstLookAtMs, lastLookAtMs } = measured;
  return [
    ...disorder(label, [
      ['its load began', beganAtMs],
      ['the spike began', spikeAtMs],
      ['the fault took effect', effectAtMs],
      ['both were over', calmAtMs],
      ['the watch ended', watchedUntilMs],
    ]),
    ...disorder(label, [
      ['its load began', beganAtMs],
      ['the counters were looked at first', firstLookAtMs],
      ['the counters were looked at last', lastLookAtMs],
      ['the fault took effect', effectAtMs],
    ]),
  ];
}
