import type { HigherRate, LoadMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';

/** Response times at the experiment's fixed rate, without a fault. */
export async function measureLatency(context: ProbeContext): Promise<LoadMeasurement> {
  return startLoad(context, { phase: 'latency', durationMs: context.experiment.probes.latency.durationMs }).done;
}

/** The same at the second, higher rate; null where none is asked for. Its CPU is not asked for, which would take as long again as the load. */
export async function measureHigherRate(context: ProbeContext): Promise<HigherRate | null> {
  const { load, probes } = context.experiment;
  const higher = probes.latency.higher ?? null;
  if (higher === null) return null;
  const journeysPerSecond = load.journeysPerSecond * higher.factor;
  const { done } = startLoad(context, {
    ...{ phase: 'latency at a higher rate', durationMs: higher.durationMs, journeysPerSecond },
  });
  return { journeysPerSecond, cpuSeconds: null, load: await done };
}
