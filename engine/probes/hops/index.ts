import type { HopsMeasurement } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { tracedLoad } from '../traces.ts';
import { aggregateHops } from './aggregate.ts';

export const runHops: RunProbe = async ({ context, round, step }) => {
  if (context.experiment.probes.hops === null) return;
  round.hops = await step('Follow requests through the modules', () => measureHops(context));
};

/** Samples traces under the experiment's load and says where a request's time goes, by edge and by endpoint. */
async function measureHops(context: ProbeContext): Promise<HopsMeasurement | null> {
  const settings = context.experiment.probes.hops;
  if (settings === null) return null;
  const { durationMs, traceShare } = settings;
  return aggregateHops(await tracedLoad(context, { phase: 'hops', durationMs, traceShare }));
}
