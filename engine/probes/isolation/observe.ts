import { randomUUID } from 'node:crypto';
import { FaultError, holdFault, type FaultDefinition } from '../../faults/index.ts';
import { faultLabel, type Fault, type IsolationMeasurement, own } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import { isolationCells, isolationSums, surprises } from './cell.ts';
import type { FaultGuard } from './guard.ts';
import { watchPolicies } from './policies.ts';
import { firstRecovered, recoveryWindowMs, type Baseline } from './recovery.ts';
import { sliceMs } from './resolution.ts';
import { availability, badRequests, summaryOf, withheldShare, type SliceTrack, type TrackedSlice } from './track.ts';

const limitMarginMs = 15_000;
/** Units accept no longer limit than this, ms. */
const limitMostMs = 600_000;
const brownOutBelow = 0.5;

export interface Observation {
  fault: Fault;
  definition: FaultDefinition;
  track: SliceTrack;
  baseline: TrackedSlice[];
  weights: Record<string, number>;
  guard: FaultGuard;
}

/**
 * Injects one fault, undoes it, waits for recovery and judges what was seen. The fault is undone whatever happens; what aborted it, the
 * round's signal or the guard's, is thrown afterwards.
 */
export async function observeFault(context: ProbeContext, observation: Observation): Promise<IsolationMeasurement> {
  const { deployment } = context;
  const events: IsolationMeasurement['events'] = [];
  const stopUnitEvents = deployment.site.onUnitEvent((event) =>
    events.push({ atMs: event.atMs, kind: event.kind, text: `${event.unit}: ${event.kind}` }),
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
  const unit = deployment.unitHosting(fault.module);
  const restartsBefore = (await unit.status()).restarts;
  const held = await guard.spend(() =>
    holdFault(
      definition,
      { deployment, fault, id: randomUUID(), limitMs: Math.min(limitMostMs, settings.faultMs + limitMarginMs) },
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
            unit: unit.name,
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
    recoveredAtMs = firstRecovered(track.between(fromMs, Infinity), fromMs, reference);
    if (recoveredAtMs !== null && track.coveredUntilMs() < faultEndMs) await track.covered(faultEndMs, signal);
  }
  const breaker = await policies.stop();
  events.push(...breaker.map((change) => ({ atMs: change.atMs, kind: 'breaker', text: change.text })));
  const untilMs = track.coveredUntilMs();
  const during = track.between(effectAtMs, faultEndMs);
  const after = track.between(faultEndMs, untilMs);
  // Of two modules that are parted, the one whose unit was cut off is out of reach for everybody.
  const lost = held.unit === unit.name ? fault.module : (fault.peer ?? fault.module);
  const needs = Object.entries(deployment.application.endpoints).map(
    ([endpoint, declared]) => [endpoint, own(declared.needs, lost)] as const,
  );
  const cells = isolationCells(Object.fromEntries(needs), {
    baseline: observation.baseline,
    fault: during,
    recovery: after,
  });
  const everything = track.between(effectAtMs - settings.baselineMs, untilMs);
  const firstBad = track.between(effectAtMs - sliceMs, untilMs).find((slice) => badRequests(slice) > 0);
  const sinceEffect = (atMs: number | undefined) => (atMs === undefined ? null : Math.max(0, atMs - effectAtMs));
  return {
    fault,
    label: faultLabel(fault),
    scope: definition.scope,
    unit: held.unit,
    status: 'applied',
    reason: null,
    effectAtMs,
    undoneAtMs,
    endpoints: cells,
    ...isolationSums(cells, observation.weights),
    lostGoodRequests: lostGood(track.between(effectAtMs, untilMs), reference),
    detect: {
      userMs: sinceEffect(firstBad?.startMs),
      engineMs: sinceEffect(events.find((event) => event.kind !== 'breaker')?.atMs),
      breakerMs: sinceEffect(breaker[0]?.atMs),
    },
    recoverMs: recoveredAtMs === null ? null : Math.max(0, recoveredAtMs - fromMs),
    recoverCensoredAtMs: recoveredAtMs === null ? untilMs - fromMs : null,
    recoverCountedFrom: countedFrom,
    metastable: recoveredAtMs === null,
    brownOutMs: brownOut(during),
    restarts: (await unit.status()).restarts - restartsBefore,
    surprises: surprises(cells),
    events: events.toSorted((a, b) => a.atMs - b.atMs),
    timeline: timeline(everything, Object.keys(deployment.application.endpoints)),
    resolutionMs: sliceMs,
    withheldShare: withheldShare(track.between(effectAtMs, untilMs)),
  };
}

function baselineOf(slices: readonly TrackedSlice[]): Baseline {
  const window = summaryOf(slices);
  return { availability: availability(window) ?? 1, p95Ms: window.p95Ms ?? 0 };
}

/** Good requests missing against the baseline's share, over the span: the area under the loss curve. */
function lostGood(slices: readonly TrackedSlice[], baseline: Baseline): number {
  const window = summaryOf(slices);
  return Math.max(0, window.scheduled * baseline.availability - window.good);
}

function brownOut(slices: readonly TrackedSlice[]): number {
  return slices.reduce(
    (sum, slice) => ((availability(summaryOf([slice])) ?? 1) < brownOutBelow ? sum + slice.lengthMs : sum),
    0,
  );
}

/** Slices to a point of one endpoint's time line; the line over all endpoints has a point a slice. */
const slicesPerEndpointPoint = 4;

/** Points of the fault's time line; those of all endpoints together are named `all`. */
function timeline(slices: readonly TrackedSlice[], endpoints: readonly string[]): IsolationMeasurement['timeline'] {
  const point = (group: readonly TrackedSlice[], endpoint: string) => {
    const window = endpoint === 'all' ? summaryOf(group) : summaryOf(group, endpoint);
    const first = group[0];
    if (first === undefined || window.scheduled === 0) return [];
    return [
      {
        atMs: first.startMs,
        endpoint,
        scheduled: window.scheduled,
        good: window.good,
        p50Ms: window.p50Ms,
        p95Ms: window.p95Ms,
      },
    ];
  };
  const groups = Array.from({ length: Math.ceil(slices.length / slicesPerEndpointPoint) }, (_, index) =>
    slices.slice(index * slicesPerEndpointPoint, (index + 1) * slicesPerEndpointPoint),
  );
  return [
    ...slices.flatMap((slice) => point([slice], 'all')),
    ...endpoints.flatMap((endpoint) => groups.flatMap((group) => point(group, endpoint))),
  ];
}
