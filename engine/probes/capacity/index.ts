import type { CapacityMeasurement } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import { findHighestRate } from '../rate-search/index.ts';
import type { RunProbe } from '../run.ts';

export const runCapacity: RunProbe = async ({ context, round, step, cpus }) => {
  if (context.experiment.probes.capacity === null) return;
  round.capacity = await step('Find the capacity', () => measureCapacity(context, cpus));
};

async function measureCapacity(context: ProbeContext, cpus: number | null): Promise<CapacityMeasurement | null> {
  const settings = context.experiment.probes.capacity;
  if (settings === null) return null;
  const { points, journeysPerSecond, goodPerSecond, bounded } = await findHighestRate(context, {
    search: settings,
    phase: 'capacity',
  });
  return {
    objective: settings.objective,
    points,
    journeysPerSecond,
    goodPerSecond,
    goodPerSecondPerCpu: goodPerSecond === null || cpus === null ? null : goodPerSecond / cpus,
    bounded,
  };
}
