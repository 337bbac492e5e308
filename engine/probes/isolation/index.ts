import { faultCatalogue } from '../../faults/index.ts';
import { endpointWeights, faultLabel, type Fault, type IsolationMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { steadyBaseline } from './baseline.ts';
import { observeFault } from './observe.ts';
import { recoveryWindowMs } from './recovery.ts';
import { sliceMs } from './resolution.ts';
import { availability, SliceTrack, summaryOf, type TrackedSlice } from './track.ts';

const lookBackMs = 2000;
const downBelow = 0.9;

/** Does every fault of the experiment once, one after another, under one continuous load, and says who was hurt and for how long. */
export async function measureIsolation(context: ProbeContext): Promise<IsolationMeasurement[]> {
  const settings = context.experiment.probes.isolation;
  if (settings === null) return [];
  const { application } = context.deployment;
  const control: Fault[] = settings.control ? [{ kind: 'none', module: application.entry }] : [];
  const faults = [...control, ...settings.faults];
  const longest =
    3 * settings.baselineMs +
    faults.length * (settings.faultMs + 2 * settings.recoveryMs + 2 * recoveryWindowMs + 30_000);
  const track = new SliceTrack();
  const load = startLoad(context, {
    phase: 'isolation',
    durationMs: longest,
    sliceMs,
    onSlice: (slice) => track.add(slice),
  });
  const failed = load.done.then(
    () => new Error('the load ended before the faults did'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const work = (async () => {
    const measured: IsolationMeasurement[] = [];
    const baseline = await steadyBaseline(track, settings.baselineMs, context.signal);
    for (const fault of faults) {
      const definition = faultCatalogue[fault.kind];
      const impossible = definition.impossible({ deployment: context.deployment, fault });
      if (impossible !== null) measured.push(notMeasured(context, fault, 'cannot-happen', impossible));
      else if (baseline.problem !== null) measured.push(notMeasured(context, fault, 'aborted', baseline.problem));
      else if (isDown(track, baseline.slices))
        measured.push(notMeasured(context, fault, 'aborted', 'the deployment was still down after the fault before'));
      else
        measured.push(
          await observeFault(context, {
            fault,
            definition,
            track,
            baseline: baseline.slices,
            weights: endpointWeights(application),
          }),
        );
    }
    return measured;
  })();
  try {
    return await Promise.race([work, failed.then((error) => Promise.reject(error))]);
  } finally {
    load.stop();
    await Promise.allSettled([load.done, work]);
  }
}

/** Whether requests still fail although no fault is on: a further fault would be judged against the wrong state. */
function isDown(track: SliceTrack, baseline: readonly TrackedSlice[]): boolean {
  const untilMs = track.coveredUntilMs();
  const now = availability(summaryOf(track.between(untilMs - lookBackMs, untilMs)));
  const before = availability(summaryOf(baseline));
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
    status,
    reason,
    effectAtMs: null,
    undoneAtMs: null,
    endpoints: [],
    breadth: 0,
    severity: 0,
    isolationIndex: null,
    lostGoodRequests: 0,
    detect: { userMs: null, engineMs: null, breakerMs: null },
    recoverMs: null,
    recoverCensoredAtMs: null,
    recoverCountedFrom: 'undo',
    metastable: false,
    brownOutMs: null,
    restarts: 0,
    surprises: [],
    events: [],
    timeline: [],
    resolutionMs: sliceMs,
  };
}
