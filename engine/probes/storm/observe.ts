import { baselineOf, sliceMs, tallyOf, tallyQuantile, touching } from '../../evaluation/index.ts';
import { faultCatalogue, faultIdentity, holdFault } from '../../faults/index.ts';
import {
  recoveryWindowMs,
  samplesNeeded,
  type Experiment,
  type LineSlice,
  type StormMeasurement,
} from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import { unsteady, watchPolicies, type SliceTrack } from '../isolation/index.ts';
import { readCounters, type Counters } from './counters.ts';
import { stormRecovery, stormWindow } from './judge.ts';

export type Settings = NonNullable<Experiment['probes']['storm']>;

const limitMarginMs = 15_000;
/** Units accept no longer limit than this, ms. */
const limitMostMs = 600_000;
/** Slices to a point of the time line. */
const slicesPerPoint = 2;

/** What was seen of one storm, with the counters before it; what they counted through it is asked once its load has ended. */
export interface Observed {
  seen: Pick<
    StormMeasurement,
    | 'effectAtMs'
    | 'calmAtMs'
    | 'baseline'
    | 'spike'
    | 'recovery'
    | 'recoverMs'
    | 'recoverCensoredAtMs'
    | 'metastable'
    | 'events'
    | 'timeline'
  >;
  first: Counters | null;
  /** Last look before the fault. */
  before: Counters | null;
  firstAtMs: number;
  beforeAtMs: number;
}

/** How long the load has to go on after the spike, ms. */
export function afterSpikeMs({ recoveryMs }: Settings): number {
  return Math.max(recoveryMs, recoveryWindowMs) + sliceMs;
}

/** No storm was raised, because what it would have been held against was not steady. */
export class Unsteady extends Error {
  override name = 'Unsteady';
}

/** Does the fault when the spike begins, undoes it when the spike ends, and watches. Throws Unsteady after a baseline that cannot be one. */
export async function observeStorm(
  context: ProbeContext,
  settings: Settings,
  track: SliceTrack,
  signal: AbortSignal,
): Promise<Observed> {
  const { deployment, onEvent } = context;
  const { clock } = deployment;
  const { fault, spikeMs, baselineMs } = settings;
  // The first slice shows when the load began.
  await track.covered(1, signal);
  const beganAtMs = track.between(0, Infinity)[0]?.startMs ?? clock.nowMs();
  const first = await readCounters(deployment, fault.module);
  const firstAtMs = clock.nowMs();
  const policies = watchPolicies(deployment);
  try {
    await clock.delay(beganAtMs + baselineMs - clock.nowMs(), signal);
    const problem = unsteady(track.between(beganAtMs, beganAtMs + baselineMs));
    if (problem !== null) throw new Unsteady(`the baseline was not steady: ${problem}`);
    const before = await readCounters(deployment, fault.module);
    const beforeAtMs = clock.nowMs();
    const held = await holdFault(
      faultCatalogue[fault.kind],
      {
        deployment,
        fault,
        id: faultIdentity(context.seed, 'storm', fault),
        limitMs: Math.min(limitMostMs, spikeMs + limitMarginMs),
      },
      {
        holdMs: Math.max(0, beganAtMs + baselineMs + spikeMs - clock.nowMs()),
        signal,
        onPhase: (phase) =>
          onEvent({
            atMs: clock.nowMs(),
            type: 'fault',
            variant: deployment.variant.name,
            phase,
            fault,
            unit: deployment.unitHosting(fault.module).name,
          }),
      },
    );
    const calmAtMs = Math.max(held.undoneAtMs, beganAtMs + baselineMs + spikeMs);
    const untilMs = calmAtMs + afterSpikeMs(settings);
    await track.covered(untilMs - sliceMs, signal);
    const breaker = await policies.stop();
    const calm = track.between(beganAtMs, beganAtMs + baselineMs);
    const after = track.between(calmAtMs, untilMs);
    return {
      seen: {
        effectAtMs: held.effectAtMs,
        calmAtMs,
        baseline: stormWindow(calm),
        spike: stormWindow(touching(track.between(beganAtMs, calmAtMs), held.effectAtMs, calmAtMs)),
        recovery: stormWindow(after),
        ...stormRecovery(after, calmAtMs, untilMs, baselineOf(calm)),
        events: breaker.map((change) => ({ atMs: change.atMs, kind: 'breaker', text: change.text })),
        timeline: timeline(track.between(beganAtMs, untilMs)),
      },
      first,
      before,
      firstAtMs,
      beforeAtMs,
    };
  } finally {
    await policies.stop();
  }
}

function timeline(slices: readonly LineSlice[]): StormMeasurement['timeline'] {
  return Array.from({ length: Math.ceil(slices.length / slicesPerPoint) }, (_, index) =>
    slices.slice(index * slicesPerPoint, (index + 1) * slicesPerPoint),
  ).flatMap((group) => {
    const [start] = group;
    const tally = tallyOf(group);
    const { scheduled, good } = tally;
    const at = (q: number) => (scheduled < samplesNeeded(q) ? null : (tallyQuantile(tally, q)?.ms ?? null));
    return start === undefined || scheduled === 0
      ? []
      : [
          {
            ...{ atMs: start.startMs, lengthMs: start.lengthMs * group.length, endpoint: 'all', scheduled, good },
            ...{ p50Ms: at(0.5), p95Ms: at(0.95) },
          },
        ];
  });
}
