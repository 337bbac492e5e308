import type { Round } from '../../model/index.ts';
import { observed, sum, type Measure, type MeasureContext } from './measure.ts';

/** Capacity; a search that ended at its own limit or the generator's knows only a lower bound. */
export function capacityMeasures({ experiment }: MeasureContext): Measure[] {
  // Bisection ends at a bracket this wide, as a share of its upper end, so rates come in steps of that.
  const resolution = -Math.log1p(-(experiment.probes.capacity?.precision ?? 0));
  const bound = (value: number | null | undefined, bounded: string | undefined) =>
    value === null || value === undefined || value <= 0 ? null : { value, censored: bounded !== 'bracketed' };
  return [
    {
      metric: 'capacity-rate',
      scope: {},
      resolution,
      read: ({ capacity }) => bound(capacity?.journeysPerSecond, capacity?.bounded),
    },
    {
      metric: 'capacity-good-per-cpu',
      scope: {},
      resolution,
      read: ({ capacity }) => bound(capacity?.goodPerSecondPerCpu, capacity?.bounded),
    },
  ];
}

const wrongOrders = ({ consistency: books }: Round): number | null =>
  books === null ? null : books.lost.length + books.duplicated.length + books.phantom.length + books.stuck.length;

export function consistencyMeasures(): Measure[] {
  return [
    {
      metric: 'orders-wrong',
      scope: {},
      read: (round) => observed(wrongOrders(round)),
      counts: (round) => {
        const wrong = wrongOrders(round);
        const attempted = round.consistency?.attempted ?? 0;
        return wrong === null ? null : { successes: Math.min(wrong, attempted), trials: attempted };
      },
    },
    {
      metric: 'invariants-broken',
      scope: {},
      read: ({ consistency: books }) =>
        books === null ? null : observed(books.conserved.filter((one) => !one.holds).length),
    },
  ];
}

export function hopsMeasures(): Measure[] {
  const remote = (value: 'callsPerJourney' | 'networkMs'): Measure['read'] =>
    function read({ hops }) {
      if (hops === null || hops.sampledRequests === 0) return null;
      return observed(sum(hops.edges.filter((edge) => edge.kind === 'remote').map((edge) => edge[value])));
    };
  return [
    { metric: 'remote-calls-per-journey', scope: {}, read: remote('callsPerJourney') },
    { metric: 'network-time-per-journey', scope: {}, read: remote('networkMs') },
  ];
}
