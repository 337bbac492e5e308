import { total, type ResourceMeasurement } from '../../model/index.ts';
import { observed, type Measure } from '../measure.ts';

function perThousandGood(resources: ResourceMeasurement, amount: number | null): number | null {
  return amount === null || resources.goodRequests === 0 ? null : (amount / resources.goodRequests) * 1000;
}

function networkBytes({ units }: ResourceMeasurement): number | null {
  return total(units.flatMap((unit) => [unit.networkReceivedBytes, unit.networkSentBytes]));
}

/** What the deployment used, summed over its units and per good request, so that cuts with more internal requests are not flattered. */
export function resourceMeasures(): Measure[] {
  return [
    {
      metric: 'cpu-per-1000-good',
      scope: {},
      read: ({ resources }) =>
        resources === null
          ? null
          : observed(perThousandGood(resources, total(resources.units.map((unit) => unit.cpuSeconds)))),
    },
    {
      metric: 'memory-resident',
      scope: {},
      read: ({ resources }) =>
        resources === null ? null : observed(total(resources.units.map((unit) => unit.memoryBytes))),
    },
    {
      metric: 'idle-cpu',
      scope: {},
      read: ({ resources }) => {
        if (resources === null || resources.idleWindowMs <= 0) return null;
        const seconds = total(resources.idle.map((unit) => unit.cpuSeconds));
        return seconds === null ? null : observed(seconds / (resources.idleWindowMs / 1000));
      },
    },
    {
      metric: 'network-per-1000-good',
      scope: {},
      read: ({ resources }) => {
        const bytes = resources === null ? null : networkBytes(resources);
        return resources === null || bytes === null ? null : observed(perThousandGood(resources, bytes));
      },
    },
  ];
}
