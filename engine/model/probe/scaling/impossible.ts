import { decimalFigure } from '../../figure.ts';
import type { GroundOfRun } from '../description.ts';
import type { ScalingSettings } from './settings.ts';

/** The period of a limit, and the least of it that the kernel takes, microseconds: limits are whole numbers of those. */
const [periodUs, leastQuotaUs] = [10_000, 1000];
const leastCoresEach = leastQuotaUs / periodUs;

/** Why it cannot be measured there, one sentence; null where it can. */
export function whyNotScaled({ cpuShare }: ScalingSettings, { cpuQuota, cpus, variants }: GroundOfRun): string | null {
  if (!cpuQuota)
    return 'the scaling probe holds every instance to an equal share of CPU, and this runtime has no limits of CPU; allowed: Docker, or an experiment without the probe';
  for (const { name, topology } of variants) {
    const total = topology.units.reduce((sum, { instances = 1 }) => sum + instances, 0);
    const each = (cpuShare * cpus) / total;
    if (Math.round(each * periodUs) < leastQuotaUs)
      return `variant "${name}" would hold each of its ${total} instances to ${decimalFigure(each, 3, [leastCoresEach])} CPU; allowed: at least ${leastCoresEach}, by fewer instances, a larger probes.scaling.cpuShare or more CPUs`;
  }
  return null;
}
