import { observed, sum, type Measure } from '../measure.ts';

/** Calls between units and their time, a journey. */
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
