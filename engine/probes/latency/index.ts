import { measures, total, windowsOf, type HigherRate, type LoadMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { resourcesDuring } from '../resources/index.ts';
import type { ProbeRun, RoundTurns, RunProbe } from '../run.ts';
import { leadIn, measureInTurns } from './windows.ts';

export const runLatency: RunProbe = async (run) => {
  const { context, round, step } = run;
  const { turns } = run;
  if (measures(round.only, 'latency')) {
    const work = () => (turns === null ? watchedLatency(run) : measureInTurns(run, turns));
    round.latency = await step('Measure response times', work);
    if (turns !== null) await wakeAfterwards(run, turns);
  }
  if ((context.experiment.probes.latency.higher ?? null) !== null)
    round.higher = await step('Measure at a higher rate', () => measureHigherRate(context));
};

/** Waits until all windows of the block are over and it is this round's turn for everything else, and wakes it from having stood still. */
async function wakeAfterwards({ context }: ProbeRun, turns: RoundTurns): Promise<void> {
  await turns.pass();
  await turns.next();
  await leadIn(context, windowsOf(context.experiment.probes.latency));
}

/** Response times, with how quiet the machine was meanwhile and what the units used. */
async function watchedLatency({ context, round, idle }: ProbeRun): Promise<LoadMeasurement> {
  const quietness = await context.machine.watchQuietness();
  let ownCpuSeconds: number | null = null;
  try {
    const { value: latency, ...used } = await resourcesDuring(context.deployment, () => measureLatency(context));
    ownCpuSeconds = total([latency.generator.cpuSeconds, ...used.units.map(({ cpuSeconds }) => cpuSeconds)]);
    if (idle !== null) {
      const goodRequests = Object.values(latency.endpoints).reduce((sum, endpoint) => sum + endpoint.good, 0);
      round.resources = { ...idle, ...used, goodRequests };
    }
    return latency;
  } finally {
    round.quietness = await quietness.stop({ ownCpuSeconds });
  }
}

/** Response times at the experiment's fixed rate, without a fault. */
async function measureLatency(context: ProbeContext): Promise<LoadMeasurement> {
  return startLoad(context, { phase: 'latency', durationMs: context.experiment.probes.latency.durationMs }).done;
}

/** The same at the second, higher rate; null where none is asked for. Its CPU is not asked for, which would take as long again as the load. */
async function measureHigherRate(context: ProbeContext): Promise<HigherRate | null> {
  const { load, probes } = context.experiment;
  const higher = probes.latency.higher ?? null;
  if (higher === null) return null;
  const journeysPerSecond = load.journeysPerSecond * higher.factor;
  const { done } = startLoad(context, {
    ...{ phase: 'latency at a higher rate', durationMs: higher.durationMs, journeysPerSecond },
  });
  return { journeysPerSecond, cpuSeconds: null, load: await done };
}
