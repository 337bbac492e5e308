import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { faultCatalogue, holdFault } from '../../faults/index.ts';
import { stormLabel, type Experiment, type StormMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import {
  availability,
  FaultGuard,
  FaultsStopped,
  recoveryWindowMs,
  sliceMs,
  SliceTrack,
  summaryOf,
  unsteady,
  watchPolicies,
  type TrackedSlice,
} from '../isolation/index.ts';
import { counted, readCounters } from './counters.ts';
import { amplification, requestsTo, stormRecovery, stormWindow } from './judge.ts';

type Settings = NonNullable<Experiment['probes']['storm']>;

const limitMarginMs = 15_000;
/** Units accept no longer limit than this, ms. */
const limitMostMs = 600_000;
/** Slices to a point of the time line. */
const slicesPerPoint = 2;

/**
 * One continuous load at the experiment's rate, with a spike in it during which a fault is on: how much good work is done through
 * it all, how many calls the retries make of it, and whether the application comes back when spike and fault are gone.
 */
export async function measureStorm(round: ProbeContext): Promise<StormMeasurement | null> {
  const settings = round.experiment.probes.storm ?? null;
  if (settings === null) return null;
  const impossible = faultCatalogue[settings.fault.kind].impossible({
    deployment: round.deployment,
    fault: settings.fault,
  });
  if (impossible !== null) return notMeasured(settings, 'cannot-happen', impossible);
  const ended = new AbortController();
  const context = { ...round, signal: AbortSignal.any([round.signal, ended.signal]) };
  const rate = round.experiment.load.journeysPerSecond;
  const afterMs = Math.max(settings.recoveryMs, recoveryWindowMs) + 4 * sliceMs;
  const stages = [
    { journeysPerSecond: rate, durationMs: settings.baselineMs },
    { journeysPerSecond: rate * settings.spikeFactor, durationMs: settings.spikeMs },
    { journeysPerSecond: rate, durationMs: afterMs + 5000 },
  ];
  const track = new SliceTrack();
  const load = startLoad(context, {
    phase: 'storm',
    stages,
    durationMs: stages.reduce((sum, stage) => sum + stage.durationMs, 0),
    sliceMs,
    onSlice: (slice) => track.add(slice),
  });
  const failed = load.done.then(
    () => new Error('the load ended before the storm was over'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const guard = new FaultGuard(null);
  const work = storm(context, settings, track, guard);
  try {
    return await Promise.race([work, failed.then((error) => Promise.reject(error))]);
  } catch (error) {
    if (!(error instanceof FaultsStopped)) throw error;
    return notMeasured(settings, 'aborted', error.message);
  } finally {
    guard.close();
    ended.abort();
    void load.stop();
    await Promise.allSettled([load.done, work]);
  }
}

async function storm(
  context: ProbeContext,
  settings: Settings,
  track: SliceTrack,
  guard: FaultGuard,
): Promise<StormMeasurement> {
  const { deployment, onEvent } = context;
  const { fault, spikeMs, baselineMs } = settings;
  const signal = AbortSignal.any([context.signal, guard.signal]);
  const needing = Object.entries(deployment.application.endpoints)
    .filter(([, { needs }]) => needs[fault.module] !== undefined)
    .map(([name]) => name);
  // The first slice shows when the load began.
  await track.covered(1, signal);
  const beganAtMs = track.between(0, Infinity)[0]?.startMs ?? Date.now();
  const atBeginning = await readCounters(deployment, fault.module);
  const countedFromMs = Date.now();
  const policies = watchPolicies(deployment);
  try {
    await until(beganAtMs + baselineMs, signal);
    const problem = unsteady(track.between(beganAtMs, beganAtMs + baselineMs));
    if (problem !== null)
      return notMeasured(settings, 'aborted', `no storm was raised because the baseline was not steady: ${problem}`);
    const atEffect = await readCounters(deployment, fault.module);
    const countedUntilMs = Date.now();
    const held = await holdFault(
      faultCatalogue[fault.kind],
      { deployment, fault, id: randomUUID(), limitMs: Math.min(limitMostMs, spikeMs + limitMarginMs) },
      {
        holdMs: Math.max(0, beganAtMs + baselineMs + spikeMs - Date.now()),
        signal,
        onPhase: (phase) =>
          onEvent({
            atMs: Date.now(),
            type: 'fault',
            variant: deployment.variant.name,
            phase,
            fault,
            unit: deployment.unitHosting(fault.module).name,
          }),
      },
    );
    const calmAtMs = Math.max(held.undoneAtMs, beganAtMs + baselineMs + spikeMs);
    const untilMs = calmAtMs + Math.max(settings.recoveryMs, recoveryWindowMs) + sliceMs;
    await until(untilMs, signal);
    const atEnd = await readCounters(deployment, fault.module);
    await track.covered(untilMs - sliceMs, signal);
    const breaker = await policies.stop();
    const before = track.between(beganAtMs, beganAtMs + baselineMs);
    const during = track.between(held.effectAtMs, calmAtMs);
    const after = track.between(calmAtMs, untilMs);
    const whole = summaryOf(before);
    const since = counted(atEffect, atEnd);
    return {
      fault,
      label: stormLabel(settings),
      spikeFactor: settings.spikeFactor,
      status: 'applied',
      reason: null,
      effectAtMs: held.effectAtMs,
      calmAtMs,
      baseline: stormWindow(before),
      spike: stormWindow(during),
      recovery: stormWindow(after),
      callsReceived: since.calls,
      retries: since.retries,
      breakerOpens: since.breakerOpens,
      amplification: amplification(
        {
          calls: counted(atBeginning, atEffect).calls,
          requests: requestsTo(track.between(countedFromMs, countedUntilMs), needing),
        },
        { calls: since.calls, requests: requestsTo([...during, ...after], needing) },
      ),
      ...stormRecovery(after, calmAtMs, untilMs, { availability: availability(whole) ?? 1, p95Ms: whole.p95Ms ?? 0 }),
      events: breaker.map((change) => ({ atMs: change.atMs, kind: 'breaker', text: change.text })),
      timeline: timeline(track.between(beganAtMs, untilMs)),
      resolutionMs: sliceMs,
    };
  } finally {
    await policies.stop();
  }
}

function until(atMs: number, signal: AbortSignal): Promise<void> {
  return delay(Math.max(0, atMs - Date.now()), undefined, { signal });
}

function timeline(slices: readonly TrackedSlice[]): StormMeasurement['timeline'] {
  return Array.from({ length: Math.ceil(slices.length / slicesPerPoint) }, (_, index) =>
    slices.slice(index * slicesPerPoint, (index + 1) * slicesPerPoint),
  ).flatMap((group) => {
    const [first] = group;
    const { scheduled, good, p50Ms, p95Ms } = summaryOf(group);
    return first === undefined || scheduled === 0
      ? []
      : [{ atMs: first.startMs, endpoint: 'all', scheduled, good, p50Ms, p95Ms }];
  });
}

function notMeasured(settings: Settings, status: 'cannot-happen' | 'aborted', reason: string): StormMeasurement {
  const nothing = { scheduled: 0, good: 0, goodPerSecond: 0, p95Ms: null };
  return {
    fault: settings.fault,
    label: stormLabel(settings),
    spikeFactor: settings.spikeFactor,
    status,
    reason,
    effectAtMs: null,
    calmAtMs: null,
    baseline: nothing,
    spike: nothing,
    recovery: nothing,
    callsReceived: 0,
    retries: 0,
    breakerOpens: 0,
    amplification: null,
    recoverMs: null,
    recoverCensoredAtMs: null,
    metastable: false,
    events: [],
    timeline: [],
    resolutionMs: sliceMs,
  };
}
