import { faultCatalogue, faultIdentity, holdFault } from '../../faults/index.ts';
import {
  faultLabel,
  type DiagnosisMeasurement,
  type DiagnosisSettings,
  type FailedRequest,
  type Fault,
} from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { independentJourneys } from '../independent-journeys.ts';
import { FaultGuard, FaultsStopped } from '../isolation/index.ts';
import type { RunProbe } from '../run.ts';
import { SliceTrack } from '../track.ts';
import { aroundMs, search, type Evidence, type LoggedLine, type StateEvent } from './search.ts';

const sliceMs = 250;
/** Of load before a fault, so that it does not meet the first request, ms. */
const beforeMs = 500;
/** A deployment is well when so much of the load in a row was good, ms. */
const wellForMs = 500;
/** It is waited for so long, ms. */
const mostUnwellMs = 15_000;
/** Until the last lines of a log are here, ms. */
const linesLagMs = 300;
const limitMarginMs = 15_000;
const stillDown = 'the deployment was still down after the fault before';

export const runDiagnosis: RunProbe = async ({ context, round, step }) => {
  const settings = context.experiment.probes.diagnosis ?? null;
  if (settings === null) return;
  round.diagnosis = await step('Break it and search for the cause', () => measure(context, settings));
};

/** Does every fault under a load all of which is traced, and follows requests that fail through what the units log. */
async function measure(context: ProbeContext, settings: DiagnosisSettings): Promise<DiagnosisMeasurement[]> {
  const { deployment } = context;
  const guard = new FaultGuard(null, { clock: deployment.clock, machine: context.machine });
  const measured: DiagnosisMeasurement[] = [];
  try {
    for (const [index, fault] of settings.faults.entries()) {
      const impossible = faultCatalogue[fault.kind].impossible({ deployment, fault });
      const nothing = { status: 'aborted' as const, effectAtMs: null, overAtMs: null, failed: 0, searches: [] };
      const isDown = measured.some(({ status, reason }) => status === 'applied' && reason !== null);
      const about = {
        ...{ fault, label: faultLabel(fault), module: fault.module },
        unit: deployment.unitHosting(fault.module).name,
      };
      if (impossible !== null) measured.push({ ...about, ...nothing, status: 'cannot-happen', reason: impossible });
      else if (guard.reason !== null || isDown)
        measured.push({ ...about, ...nothing, reason: guard.reason ?? stillDown });
      else measured.push({ ...about, ...nothing, ...(await searchUnder(context, settings, { fault, index, guard })) });
    }
  } finally {
    guard.close();
  }
  return measured;
}

type Found = Pick<DiagnosisMeasurement, 'status' | 'reason'> & Partial<DiagnosisMeasurement>;

async function searchUnder(
  context: ProbeContext,
  settings: DiagnosisSettings,
  { fault, index, guard }: { fault: Fault; index: number; guard: FaultGuard },
): Promise<Found> {
  const { deployment } = context;
  const { application } = deployment;
  const definition = faultCatalogue[fault.kind];
  // Ends what still waits for slices when the load has failed.
  const ended = new AbortController();
  const signal = AbortSignal.any([context.signal, guard.signal, ended.signal]);
  const listening = listen(context);
  const track = new SliceTrack();
  const { journeys, perJourney } = independentJourneys(application);
  const load = startLoad(
    { ...context, signal },
    {
      phase: `diagnosis ${index + 1}`,
      ...{ journeys, arrivals: 'constant', traceShare: 1, sliceMs },
      journeysPerSecond: context.experiment.load.journeysPerSecond * perJourney,
      durationMs: beforeMs + settings.faultMs + limitMarginMs + mostUnwellMs,
      onSlice: (slice) => track.add(slice),
    },
  );
  const lost = load.done.then(
    () => new Error('the load ended before the fault did'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const work = (async (): Promise<Found> => {
    const fromMs = deployment.clock.nowMs() + beforeMs;
    await track.covered(fromMs, signal);
    const { effectAtMs, undoneAtMs } = await holdFault(
      definition,
      {
        ...{ deployment, fault, id: faultIdentity(context.seed, `diagnosis ${index}`, fault) },
        limitMs: settings.faultMs + limitMarginMs,
      },
      { holdMs: settings.faultMs, signal },
    );
    const overAtMs = definition.selfHealing ? effectAtMs + settings.faultMs : undoneAtMs;
    const isWell = await untilWell(track, overAtMs, signal);
    return {
      status: 'applied',
      effectAtMs,
      overAtMs,
      reason: isWell ? null : `requests still failed ${mostUnwellMs / 1000} s after it`,
    };
  })();
  try {
    const found = await Promise.race([work, lost.then((error) => Promise.reject(error))]);
    const { effectAtMs = null, overAtMs = null } = found;
    await load.stop();
    const { failures = [] } = await load.done;
    await deployment.clock.delay(linesLagMs, signal);
    if (effectAtMs === null || overAtMs === null) return found;
    // Nobody has to search for what is over: lines that its undoing wrote would be of no help to whom it hurts.
    const failed = failures.filter(
      ({ startedAtMs, endedAtMs }) => startedAtMs >= effectAtMs && endedAtMs + aroundMs <= overAtMs,
    );
    const evidence: Evidence = {
      ...{ topology: deployment.variant.topology, entry: application.entry },
      lines: listening.lines.filter(({ atMs }) => atMs <= overAtMs),
      events: listening.events.filter(({ atMs }) => atMs <= overAtMs),
    };
    return {
      ...found,
      failed: failed.length,
      searches: spread(failed, settings.requests).map((request, at) => search(request, evidence, at === 0)),
    };
  } catch (error) {
    if (!(error instanceof FaultsStopped)) throw error;
    return { status: 'aborted', reason: error.message };
  } finally {
    ended.abort();
    listening.stop();
    void load.stop();
    await Promise.allSettled([load.done, work]);
  }
}

/** Keeps what units log and what happens to them from now on. */
function listen({ deployment }: ProbeContext): { lines: LoggedLine[]; events: StateEvent[]; stop: () => void } {
  const lines: LoggedLine[] = [];
  const events: StateEvent[] = [];
  const stops = [
    deployment.onLog((line) => lines.push(line)),
    deployment.onUnitEvent(({ unit, atMs, kind }) => events.push({ unit, atMs, kind })),
  ];
  return {
    lines,
    events,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Whether everything was good again for a while; false where it was not in time. */
async function untilWell(track: SliceTrack, fromMs: number, signal: AbortSignal): Promise<boolean> {
  for (let untilMs = fromMs + wellForMs; untilMs <= fromMs + mostUnwellMs; untilMs += sliceMs) {
    await track.covered(untilMs, signal);
    const slices = track.between(untilMs - wellForMs, untilMs);
    const all = slices.flatMap(({ endpoints }) => Object.values(endpoints));
    if (all.length > 0 && all.every(({ good, scheduled }) => good === scheduled)) return true;
  }
  return false;
}

/** So many of them at most, evenly over all. */
function spread(failed: readonly FailedRequest[], most: number): FailedRequest[] {
  if (failed.length <= most) return [...failed];
  return Array.from({ length: most }, (_, index) => failed[Math.floor((index * failed.length) / most)]).filter(
    (one) => one !== undefined,
  );
}
