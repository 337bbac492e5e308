import type { Clock } from '../../clock/index.ts';
import { sliceMs } from '../../evaluation/index.ts';
import { faultCatalogue, faultIdentity, holdFault, whatIsHit } from '../../faults/index.ts';
import { recoveryWindowMs, type Experiment, type StormMeasurement } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import { unsteady, watchPolicies } from '../isolation/index.ts';
import type { SliceTrack } from '../track.ts';
import { readCounters, type Counters } from './counters.ts';

export type Settings = NonNullable<Experiment['probes']['storm']>;

const lookLeadMostMs = 1000;
const limitMarginMs = 15_000;
/** Units accept no longer limit than this, ms. */
const limitMostMs = 600_000;

/** What was seen of one storm, with what the units had counted at each look before it; what they counted through it is asked once its load has ended. */
export interface Observed {
  seen: Pick<
    StormMeasurement,
    | 'beganAtMs'
    | 'spikeAtMs'
    | 'effectAtMs'
    | 'calmAtMs'
    | 'watchedUntilMs'
    | 'firstLookAtMs'
    | 'lastLookAtMs'
    | 'events'
  >;
  first: Counters | null;
  /** Last look before the spike; null where it was not answered before it. */
  last: Counters | null;
}

/**
 * How long before the spike the units are asked for their counters, ms. Nobody waits for the answer beyond the spike: a fault that began when the slowest had answered would be
 * shorter for whoever answers slowly.
 */
function lookLeadMs({ baselineMs }: Settings): number {
  return Math.min(lookLeadMostMs, baselineMs / 8);
}

/** What an asked look brings until `untilMs`; what it brings later is left out. */
function lookUntil(
  untilMs: number,
  clock: Clock,
  asked: Promise<Counters | null>,
): { counters: Counters | null; atMs: number | null } {
  const look: ReturnType<typeof lookUntil> = { counters: null, atMs: null };
  void asked.then((counters) => {
    const atMs = clock.nowMs();
    if (atMs <= untilMs) Object.assign(look, { counters, atMs });
  });
  return look;
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
  const firstLookAtMs = clock.nowMs();
  const policies = watchPolicies(deployment);
  try {
    const spikeAtMs = beganAtMs + baselineMs;
    await clock.delay(spikeAtMs - lookLeadMs(settings) - clock.nowMs(), signal);
    const last = lookUntil(spikeAtMs, clock, readCounters(deployment, fault.module));
    await clock.delay(spikeAtMs - clock.nowMs(), signal);
    const problem = unsteady(track.between(beganAtMs, spikeAtMs));
    if (problem !== null) throw new Unsteady(`the baseline was not steady: ${problem}`);
    const held = await holdFault(
      faultCatalogue[fault.kind],
      {
        deployment,
        fault,
        id: faultIdentity(context.seed, 'storm', fault),
        limitMs: Math.min(limitMostMs, spikeMs + limitMarginMs),
      },
      {
        holdMs: Math.max(0, spikeAtMs + spikeMs - clock.nowMs()),
        signal,
        onPhase: (phase) =>
          onEvent({
            atMs: clock.nowMs(),
            type: 'fault',
            variant: deployment.variant.name,
            phase,
            fault,
            unit: whatIsHit(faultCatalogue[fault.kind], { deployment, fault }).unit,
          }),
      },
    );
    const calmAtMs = Math.max(held.undoneAtMs, spikeAtMs + spikeMs);
    const watchedUntilMs = calmAtMs + afterSpikeMs(settings);
    await track.covered(watchedUntilMs - sliceMs, signal);
    const breaker = await policies.stop();
    return {
      seen: {
        ...{ beganAtMs, spikeAtMs, effectAtMs: held.effectAtMs, calmAtMs, watchedUntilMs },
        ...{ firstLookAtMs, lastLookAtMs: last.atMs },
        events: breaker.map((change) => ({ atMs: change.atMs, kind: 'breaker', text: change.text })),
      },
      first,
      last: last.counters,
    };
  } finally {
    await policies.stop();
  }
}
