import { baselineOf, firstRecovered, sliceMs } from '../../evaluation/index.ts';
import { FaultError, faultIdentity, holdFault, whatIsHit, type FaultDefinition } from '../../faults/index.ts';
import {
  faultLabel,
  recoveryWindowMs,
  type Fault,
  type IsolationMeasurement,
  type LineSlice,
} from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import type { SliceTrack } from '../track.ts';
import type { FaultGuard } from './guard.ts';
import { watchPolicies } from './policies.ts';

const limitMarginMs = 15_000;
/** Units accept no longer limit than this, ms. */
const limitMostMs = 600_000;

export interface Observation {
  fault: Fault;
  /** Which of the round's faults it is, from 0. */
  index: number;
  definition: FaultDefinition;
  track: SliceTrack;
  baseline: LineSlice[];
  guard: FaultGuard;
}

/**
 * Injects one fault, undoes it, waits for recovery and keeps what was seen. The fault is undone whatever happens; what aborted it, the
 * round's signal or the guard's, is thrown afterwards.
 */
export async function observeFault(context: ProbeContext, observation: Observation): Promise<IsolationMeasurement> {
  const { deployment } = context;
  const events: IsolationMeasurement['events'] = [];
  const stopUnitEvents = deployment.onUnitEvent((event) =>
    events.push({ atMs: event.atMs, kind: event.kind, text: `${event.unit}: ${event.kind}`, unit: event.unit }),
  );
  const policies = watchPolicies(deployment);
  try {
    return await observe(context, observation, events, policies);
  } finally {
    stopUnitEvents();
    await policies.stop();
  }
}

async function observe(
  context: ProbeContext,
  observation: Observation,
  events: IsolationMeasurement['events'],
  policies: ReturnType<typeof watchPolicies>,
): Promise<IsolationMeasurement> {
  const { fault, definition, track, guard } = observation;
  const { deployment, onEvent } = context;
  const signal = AbortSignal.any([context.signal, guard.signal]);
  const settings = context.experiment.probes.isolation;
  if (settings === null) throw new FaultError('the experiment has no isolation probe');
  const home = deployment.unitHosting(fault.module).name;
  const { unit } = whatIsHit(definition, { deployment, fault });
  const held = await guard.spend(() =>
    holdFault(
      definition,
      {
        ...{ deployment, fault, id: faultIdentity(context.seed, `isolation ${observation.index}`, fault) },
        limitMs: Math.min(limitMostMs, settings.faultMs + limitMarginMs),
      },
      {
        holdMs: settings.faultMs,
        signal,
        onPhase: (phase) =>
          onEvent({
            atMs: deployment.clock.nowMs(),
            type: 'fault',
            variant: deployment.variant.name,
            phase,
            fault,
            unit,
          }),
      },
    ),
  );
  const { effectAtMs, undoneAtMs } = held;

  const reference = baselineOf(observation.baseline);
  const countedFrom = definition.selfHealing ? ('effect' as const) : ('undo' as const);
  const fromMs = definition.selfHealing ? effectAtMs : undoneAtMs;
  // A self-healing fault may be over long before its window ends.
  const faultEndMs = definition.selfHealing ? effectAtMs + settings.faultMs : undoneAtMs;
  const deadlineMs = faultEndMs + Math.max(settings.recoveryMs, recoveryWindowMs) + 2 * sliceMs;
  let recoveredAtMs: number | null = null;
  while (recoveredAtMs === null && track.coveredUntilMs() < deadlineMs) {
    await track.covered(Math.min(deadlineMs, Math.max(track.coveredUntilMs() + sliceMs, faultEndMs)), signal);
    recoveredAtMs = firstRecovered(track.since(effectAtMs), fromMs, reference);
    if (recoveredAtMs !== null && track.coveredUntilMs() < faultEndMs) await track.covered(faultEndMs, signal);
  }
  const breaker = await policies.stop();
  events.push(...breaker.map((change) => ({ atMs: change.atMs, kind: 'breaker', text: change.text })));
  return {
    fault,
    label: faultLabel(fault),
    scope: definition.scope,
    unit: held.unit,
    // Of two modules that are parted, the one whose unit was cut off is out of reach for everybody.
    module: held.unit === home ? fault.module : (fault.peer ?? fault.module),
    status: 'applied',
    reason: null,
    baselineFromMs: observation.baseline[0]?.startMs ?? null,
    baselineUntilMs: endOf(observation.baseline.at(-1)),
    effectAtMs,
    undoneAtMs,
    endAtMs: faultEndMs,
    watchedUntilMs: track.coveredUntilMs(),
    recoverCountedFrom: countedFrom,
    // Counted, not differenced: an engine begins its own count anew when a unit is started by wish.
    restarts: events.filter((event) => event.kind === 'restart' && event.unit === held.unit).length,
    events: events.toSorted((a, b) => a.atMs - b.atMs),
    resolutionMs: sliceMs,
    legacy: null,
  };
}

function endOf(slice: LineSlice | undefined): number | null {
  return slice === undefined ? null : slice.startMs + slice.lengthMs;
}
