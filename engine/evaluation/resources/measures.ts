import type { ResourceMeasurement } from '../../model/index.ts';
import { observed, sum, type Measure } from '../measure.ts';

function perThousandGood(resources: ResourceMeasurement, amount: number): number | null {
  return resources.goodRequests === 0 ? null : (amount / resources.goodRequests) * 1000;
}

function networkBytes({ units }: ResourceMeasurement): number | null {
  const bytes = units.map((unit) =>
    unit.networkReceivedBytes === null || unit.networkSentBytes === null
      ? null
      : unit.networkReceivedBytes + unit.networkSentBytes,
  );
  const known = bytes.filter((value) => value !== null);
  return known.length < bytes.length ? null : sum(known);
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
          : observed(perThousandGood(resources, sum(resources.units.map((unit) => unit.cpuSeconds)))),
    },
    {
      metric: 'memory-resident',
      scope: {},
      read: ({ resources }) =>
        resources === null ? null : observed(sum(resources.units.map((unit) => unit.memoryBytes))),
    },
    {
      metric: 'idle-cpu',
      scope: {},
      read: ({ resources }) =>
        resources === null || resources.idleWindowMs <= 0
          ? null
          : observed(sum(resources.idle.map((unit) => unit.cpuSeconds)) / (resources.idleWindowMs / 1000)),
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
