import { requestsPerJourney, total, windowsOf, type LoadMeasurement, type LoadWindow } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { resourcesDuring } from '../resources/index.ts';
import type { ProbeRun, RoundTurns } from '../run.ts';
import { mergeLoads } from './merge-loads.ts';

/**
 * Response times in windows, in turn with the other deployments of the block, each parked while it waits. At the start of a window a load is thrown away: what was frozen has
 * deadlines to miss, connections to open and caches to fill. The deployment holds its turn when this begins and when it ends.
 */
export async function measureInTurns(run: ProbeRun, turns: RoundTurns): Promise<LoadMeasurement> {
  const { context, round, idle } = run;
  const { machine, deployment } = context;
  const quietness = await machine.watchQuietness();
  await quietness.suspend();
  let ownCpuSeconds: number | null = null;
  let activeMs = 0;
  let good = 0;
  let generatorSeconds = 0;
  try {
    const { value: loads, ...used } = await resourcesDuring(
      deployment,
      async () => {
        const all: LoadMeasurement[] = [];
        for (let pair = 0; pair < windowsOf(context.experiment.probes.latency); pair += 1) {
          await turns.pass();
          const turn = await turns.next();
          const from = deployment.clock.monotonicMs();
          await quietness.resume();
          const thrownAway = await leadIn(context, pair);
          generatorSeconds += thrownAway.generator.cpuSeconds;
          const load = await startLoad(context, {
            phase: 'latency',
            durationMs: context.experiment.probes.latency.windows?.lengthMs ?? 0,
            window: { pair, index: turn.index },
          }).done;
          await quietness.suspend();
          activeMs += deployment.clock.monotonicMs() - from;
          good += goodRequests(thrownAway) + goodRequests(load);
          const window = windowOf(pair, turn, thrownAway, load);
          round.windows.push(window);
          await turns.keep(window);
          all.push(load);
        }
        return all;
      },
      { peaks: false },
    );
    const merged = mergeLoads(loads);
    context.generators['latency'] = merged.generator;
    generatorSeconds += merged.generator.cpuSeconds;
    ownCpuSeconds = total([generatorSeconds, ...used.units.map(({ cpuSeconds }) => cpuSeconds)]);
    // The counters were read before the first window and after the last, and a parked deployment uses nothing.
    if (idle !== null) round.resources = { ...idle, ...used, windowMs: activeMs, goodRequests: good };
    return merged;
  } finally {
    round.quietness = await quietness.stop({ ownCpuSeconds });
  }
}

/** Loads the deployment for a moment and throws the times away; at least as long, and so many requests, as is asked for. */
export function leadIn(context: ProbeContext, pair: number): Promise<LoadMeasurement> {
  const { load, probes } = context.experiment;
  const { leadInMs, leadInRequests } = probes.latency.windows ?? { leadInMs: 0, leadInRequests: 0 };
  const perSecond = load.journeysPerSecond * requestsPerJourney(context.deployment.application);
  const durationMs = Math.max(1, leadInMs, Math.ceil((1000 * leadInRequests) / perSecond));
  return startLoad(context, { phase: 'lead-in', durationMs, window: { pair, index: null } }).done;
}

function windowOf(
  pair: number,
  { index, parkedMs }: { index: number; parkedMs: number },
  thrownAway: LoadMeasurement,
  load: LoadMeasurement,
): LoadWindow {
  return {
    ...{ index, pair, parkedMs },
    startedAtMs: load.startedAtMs,
    lengthMs: load.durationMs,
    leadInMs: thrownAway.durationMs,
    leadInRequests: Object.values(thrownAway.endpoints).reduce((sum, { scheduled }) => sum + scheduled, 0),
    withheldMs: load.generator.hiccupShare * load.durationMs,
    cpuSeconds: {},
    load,
  };
}

function goodRequests({ endpoints }: LoadMeasurement): number {
  return Object.values(endpoints).reduce((sum, { good }) => sum + good, 0);
}
