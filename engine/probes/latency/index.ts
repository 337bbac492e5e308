import type { LoadMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';

/** Response times at the experiment's fixed rate, without a fault. */
export async function measureLatency(context: ProbeContext): Promise<LoadMeasurement> {
  return startLoad(context, { phase: 'latency', durationMs: context.experiment.probes.latency.durationMs }).done;
}
