import { availability, isolationPhase, sliceMs, tallyOf } from '../../evaluation/index.ts';
import { faultCatalogue } from '../../faults/index.ts';
import {
  faultLabel,
  isolationLoadMs,
  type Fault,
  type IsolationMeasurement,
  type LineSlice,
} from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { independentJourneys } from '../independent-journeys.ts';
import type { RunProbe } from '../run.ts';
import { SliceTrack } from '../track.ts';
import { steadyBaseline } from './baseline.ts';
import { FaultGuard, FaultsStopped } from './guard.ts';
import { observeFault, type Observation } from './observe.ts';

export { unsteady } from './baseline.ts';
export { FaultGuard, FaultsStopped } from './guard.ts';
export { watchPolicies } from './policies.ts';

const lookBackMs = 2000;
const downBelow = 0.9;
const stillDown = 'the deployment was still down after the fault before';

export const runIsolation: RunProbe = async ({ context, round, step }) => {
  if (context.experiment.probes.isolation === null) return;
  round.isolation = await step('Break it and watch', () => measureIsolation(context));
};

/** Does every fault of the experiment once, one after another, under one continuous load, and keeps what happened when; what is said about it is derived from the slices in `lines`. */
export async function measureIsolation(round: ProbeContext): Promise<IsolationMeasurement[]> {
  const settings = round.experiment.probes.isolation;
  if (settings === null) return [];
  const { application } = round.deployment;
  // Ends what still waits for slices when the load has failed.
  const ended = new AbortController();
  const context = { ...round, signal: AbortSignal.any([round.signal, ended.signal]) };
  const guard = new FaultGuard(settings.budgetMs ?? null, {
    clock: context.deployment.clock,
    machine: context.machine,
  });
  const control: Fault[] = settings.control ? [{ kind: 'none', module: application.entry }] : [];
  const faults = [...control, ...settings.faults];
  const track = new SliceTrack();
  const { journeys, perJourney } = independentJourneys(application);
  const load = startLoad(context, {
    phase: isolationPhase,
    journeys,
    journeysPerSecond: context.experiment.load.journeysPerSecond * perJourney,
    durationMs: isolationLoadMs(settings),
    sliceMs,
    // How long an outage is does not change from one deployment to the next nearly as much as how many of a Poisson process fall into it.
    arrivals: 'constant',
    onSlice: (slice) => track.add(slice),
  });
  const failed = load.done.then(
    () => new Error('the load ended before the faults did'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const work = (async () => {
    const measured: IsolationMeasurement[] = [];
    const baseline = await steadyBaseline(
      { clock: context.deployment.clock, track, signal: context.signal },
      settings.baselineMs,
    );
    for (const [index, fault] of faults.entries()) {
      const definition = faultCatalogue[fault.kind];
      const impossible = definition.impossible({ deployment: context.deployment, fault });
      const obstacle = baseline.problem ?? guard.reason ?? (isDown(track, baseline.slices) ? stillDown : null);
      if (impossible !== null) measured.push(notMeasured(context, fault, 'cannot-happen', impossible));
      else if (obstacle !== null) measured.push(notMeasured(context, fault, 'aborted', obstacle));
      else
        measured.push(
          await observeOrStop(context, { fault, index, definition, track, baseline: baseline.slices, guard }),
        );
    }
    return measured;
  })();
  try {
    const measured = await Promise.race([work, failed.then((error) => Promise.reject(error))]);
    // What clients were told under the faults is for the books, and the generator's check of itself for the findings.
    await load.stop();
    // What is watched ends with the last fault; what the load still did while it was stopped is nobody's.
    const untilMs = Math.max(0, ...measured.map((one) => one.watchedUntilMs ?? 0));
    round.lines[isolationPhase] = track.between(0, untilMs);
    return measured;
  } finally {
    guard.close();
    ended.abort();
    void load.stop();
    await Promise.allSettled([load.done, work]);
  }
}

/** Where the guard ended a fault, the reason stands in place of its numbers; anything else is thrown on. */
async function observeOrStop(context: ProbeContext, observation: Observation): Promise<IsolationMeasurement> {
  try {
    return await observeFault(context, observation);
  } catch (error) {
    if (!(error instanceof FaultsStopped)) throw error;
    return notMeasured(context, observation.fault, 'aborted', error.message);
  }
}

/** Whether requests still fail although no fault is on: a further fault would be judged against the wrong state. */
function isDown(track: SliceTrack, baseline: readonly LineSlice[]): boolean {
  const untilMs = track.coveredUntilMs();
  const now = availability(tallyOf(track.between(untilMs - lookBackMs, untilMs)));
  const before = availability(tallyOf(baseline));
  return now !== null && before !== null && now < downBelow * before;
}

function notMeasured(
  context: ProbeContext,
  fault: Fault,
  status: 'cannot-happen' | 'aborted',
  reason: string,
): IsolationMeasurement {
  return {
    fault,
    label: faultLabel(fault),
    scope: faultCatalogue[fault.kind].scope,
    unit: context.deployment.unitHosting(fault.module).name,
    module: fault.module,
    status,
    reason,
    baselineFromMs: null,
    baselineUntilMs: null,
    effectAtMs: null,
    undoneAtMs: null,
    endAtMs: null,
    watchedUntilMs: null,
    recoverCountedFrom: 'undo',
    restarts: 0,
    events: [],
    resolutionMs: sliceMs,
    legacy: null,
  };
}
