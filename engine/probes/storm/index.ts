import { sliceMs, stormPhase, stormPhaseAgain } from '../../evaluation/index.ts';
import { faultCatalogue } from '../../faults/index.ts';
import { stormLabel, type StormMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { FaultGuard, FaultsStopped } from '../isolation/index.ts';
import type { RunProbe } from '../run.ts';
import { SliceTrack } from '../track.ts';
import { counted, readCountersPatiently } from './counters.ts';
import { afterSpikeMs, observeStorm, Unsteady, type Observed, type Settings } from './observe.ts';
import { findPace, type Pace } from './pace.ts';

/** The load goes on a little longer than it is needed, ms: the undo may come late to a module with much to do. */
const spareMs = 15_000;

export const runStorm: RunProbe = async ({ context, round, step, cpus }) => {
  if ((context.experiment.probes.storm ?? null) === null) return;
  round.storm = await step('Raise a storm', () => measureStorm(context, cpus));
};

/**
 * One continuous load with a spike in it during which a fault is on. Keeps what happened when and what the units counted; how much good work
 * was done, what retries made of it and whether the application came back is derived from that and the slices in `lines`. `cpus`: those that all units share.
 */
export async function measureStorm(round: ProbeContext, cpus: number | null): Promise<StormMeasurement | null> {
  const settings = round.experiment.probes.storm ?? null;
  if (settings === null) return null;
  const { deployment } = round;
  const impossible = faultCatalogue[settings.fault.kind].impossible({ deployment, fault: settings.fault });
  if (impossible !== null) return notMeasured(settings, 'cannot-happen', impossible);
  let raised = await raise(round, settings, { phase: stormPhase, cpus });
  // As with the isolation probe, a beginning that is not steady has a second chance.
  if (raised.observed instanceof Unsteady) raised = await raise(round, settings, { phase: stormPhaseAgain, cpus });
  const { pace, track, observed } = raised;
  if (observed instanceof Error) return notMeasured(settings, 'aborted', observed.message);
  round.lines[stormPhase] = track.between(0, Infinity);
  const { seen, first, last } = observed;
  // Only now that no new calls come does a module that the storm has filled find time to answer.
  const end = await readCountersPatiently(deployment, settings.fault.module, round.signal);
  return {
    ...nothingSeen(settings),
    ...seen,
    status: 'applied',
    pace,
    callsInCalm: counted(first, last)?.calls ?? null,
    counted: counted(last, end),
  };
}

interface Raised {
  pace: Pace | null;
  track: SliceTrack;
  observed: Observed | Unsteady | FaultsStopped;
}

async function raise(
  round: ProbeContext,
  settings: Settings,
  { phase, cpus }: { phase: string; cpus: number | null },
): Promise<Raised> {
  const pace = await findPace(round, settings, { phase, cpus });
  const track = new SliceTrack();
  const observed = await underLoad(round, settings, { phase, pace, track }).catch((error: unknown) => {
    if (error instanceof Unsteady || error instanceof FaultsStopped) return error;
    throw error;
  });
  return { pace, track, observed };
}

async function underLoad(
  round: ProbeContext,
  settings: Settings,
  { phase, pace, track }: { phase: string } & Pick<Raised, 'pace' | 'track'>,
): Promise<Observed> {
  const rate = pace?.journeysPerSecond ?? round.experiment.load.journeysPerSecond;
  const stages = [
    { journeysPerSecond: rate, durationMs: settings.baselineMs },
    { journeysPerSecond: rate * settings.spikeFactor, durationMs: settings.spikeMs },
    { journeysPerSecond: rate, durationMs: afterSpikeMs(settings) + spareMs },
  ];
  // Ends what still waits for slices when the load has failed.
  const ended = new AbortController();
  const context = { ...round, signal: AbortSignal.any([round.signal, ended.signal]) };
  const load = startLoad(context, {
    phase,
    stages,
    durationMs: stages.reduce((sum, stage) => sum + stage.durationMs, 0),
    sliceMs,
    onSlice: (slice) => track.add(slice),
  });
  const failed = load.done.then(
    () => new Error('the load ended before the storm was over'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const guard = new FaultGuard(null, { clock: context.deployment.clock, machine: context.machine });
  const work = observeStorm(context, settings, track, AbortSignal.any([context.signal, guard.signal]));
  try {
    const observed = await Promise.race([work, failed.then((error) => Promise.reject(error))]);
    // What is on its way still ends, and is counted.
    await load.stop();
    return observed;
  } finally {
    guard.close();
    ended.abort();
    void load.stop();
    await Promise.allSettled([load.done, work]);
  }
}

function nothingSeen(settings: Settings): Omit<StormMeasurement, 'status'> {
  return {
    fault: settings.fault,
    label: stormLabel(settings),
    spikeFactor: settings.spikeFactor,
    reason: null,
    beganAtMs: null,
    spikeAtMs: null,
    effectAtMs: null,
    calmAtMs: null,
    watchedUntilMs: null,
    firstLookAtMs: null,
    lastLookAtMs: null,
    callsInCalm: null,
    counted: null,
    events: [],
    resolutionMs: sliceMs,
    legacy: null,
  };
}

function notMeasured(settings: Settings, status: 'cannot-happen' | 'aborted', reason: string): StormMeasurement {
  return { ...nothingSeen(settings), status, reason };
}
