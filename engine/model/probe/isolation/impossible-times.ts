import { disorder, seconds } from '../impossible-time.ts';
import type { IsolationMeasurement } from './measurement.ts';

/** A call on the engine may take this long from its effect to its acknowledgement, ms. */
const callMs = 30_000;

/** What is said of one fault and cannot be. */
export function impossibleTimesOfFault(measured: IsolationMeasurement): string[] {
  const { label, baselineFromMs, baselineUntilMs, effectAtMs, undoneAtMs, watchedUntilMs, events } = measured;
  const early = effectAtMs === null ? undefined : events.find(({ atMs }) => atMs < effectAtMs - callMs);
  return [
    ...disorder(label, [
      ['its baseline began', baselineFromMs],
      ['its baseline ended', baselineUntilMs],
      ['it took effect', effectAtMs],
      ['it was undone', undoneAtMs],
    ]),
    ...disorder(label, [
      ['it took effect', effectAtMs],
      ['the watch ended', watchedUntilMs],
    ]),
    ...(early === undefined || effectAtMs === null
      ? []
      : [`impossible times: ${label}: "${early.text}" ${seconds(effectAtMs - early.atMs)} before the effect`]),
  ];
}
