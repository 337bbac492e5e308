import type { GroundOfRun } from '../description.ts';
import type { ScalingSettings } from './settings.ts';

/** The least that a limit in periods of 10 ms can be. */
const leastCoresEach = 0.1;

/** Why it cannot be measured there, one sentence; null where it can. */
export function whyNotScaled({ cpuShare }: ScalingSettings, { cpuQuota, cpus, variants }: GroundOfRun): string | null {
  if (!cpuQuota)
    return 'the scaling probe holds every instance to an equal share of CPU, and this runtime has no limits of CPU; allowed: Docker, or an experiment without the probe';
  for (const { name, topology } of variants) {
    const total = topology.units.reduce((sum, { instances = 1 }) => sum + instances, 0);
    const each = (cpuShare * cpus) / total;
    if (each < leastCoresEach)
      return `variant "${name}" would hold each of its ${total} instances to ${each.toFixed(3)} CPU; allowed: at least ${leastCoresEach}, by fewer instances, a larger probes.scaling.cpuShare or more CPUs`;
  }
  return null;
}
