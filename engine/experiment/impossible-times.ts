import { decimalFigure, type IsolationMeasurement, type Round, type StormMeasurement } from '../model/index.ts';

/** Rounding of times with fractions, ms. */
const toleranceMs = 1;
/** A call on the engine may take this long from its effect to its acknowledgement, ms. */
const callMs = 30_000;

/** Times of a round that cannot be, each in words: then some clock was not what it was taken for, and no number of the round is to be believed. Pure. */
export function impossibleTimes(round: Round): string[] {
  const { deployment, warmUp, latency, resources, higher, consistency, storm } = round;
  const durations: [string, number | null | undefined][] = [
    ['the round took', round.durationMs],
    ['the preparation took', deployment?.preparationMs],
    ['the first good answer came after', deployment?.firstGoodMs],
    ['the removal took', deployment?.teardownMs],
    ['the warm-up took', warmUp?.durationMs],
    ['the load took', latency?.durationMs],
    ['the load at the higher rate took', higher?.load.durationMs],
    ['resources were watched for', resources?.windowMs],
    ['the idle units were watched for', resources?.idleWindowMs],
    ['the books were settled after', consistency?.quiescedMs],
  ];
  return [
    ...durations.flatMap(([what, ms]) => negative(what, ms)),
    ...(deployment?.units ?? []).flatMap((unit) =>
      disorder(`unit "${unit.unit}"`, [
        ['the call', 0],
        ['its creation began', unit.createStartMs],
        ['it was created', unit.createdMs],
        ['it was started', unit.startedMs],
        ['it was ready', unit.readyMs],
      ]),
    ),
    ...round.isolation.flatMap(ofFault),
    ...(storm ? ofStorm(storm) : []),
  ];
}

function ofFault(measured: IsolationMeasurement): string[] {
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

function ofStorm(measured: StormMeasurement): string[] {
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

function negative(what: string, ms: number | null | undefined): string[] {
  const possible = ms === null || ms === undefined || ms >= -toleranceMs;
  return possible ? [] : [`impossible times: ${what} ${seconds(ms)}`];
}

/** What is said to have come before that which comes before it. */
function disorder(whose: string, moments: readonly (readonly [string, number | null])[]): string[] {
  const known = moments.flatMap(([what, ms]) => (ms === null ? [] : [{ what, ms }]));
  return known.flatMap(({ what, ms }, index) => {
    const before = known[index - 1];
    return before === undefined || ms >= before.ms - toleranceMs
      ? []
      : [`impossible times: ${whose}: ${what} ${seconds(before.ms - ms)} before "${before.what}"`];
  });
}

function seconds(ms: number): string {
  return `${decimalFigure(ms / 1000, 3)} s`;
}
