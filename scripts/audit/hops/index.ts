import { exactly, sum } from '../numbers.ts';
import { LOST, machineOf, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

export interface HopsFields {
  hops: {
    sampledRequests: number;
    edges: { kind: 'local' | 'remote'; callsPerJourney: number; networkMs: number }[];
  } | null;
}

export const hops: AuditedProbe<RoundBase & HopsFields> = {
  definitions: {
    'remote-calls-per-journey': { question: 'calls', scale: 'difference', margin: 0.5, better: 'lower' },
    'network-time-per-journey': { question: 'calls', scale: 'difference', margin: 0.5, better: 'lower' },
  },
  units: { 'remote-calls-per-journey': 'count', 'network-time-per-journey': 'ms' },
  part: () => 'hops',
  badness: (round, part) => (part !== 'hops' ? undefined : round.hops === null ? LOST : machineOf(round)),
  value: ({ hops: measured }, metric) => {
    if (metric !== 'remote-calls-per-journey' && metric !== 'network-time-per-journey') return undefined;
    // Where no request was followed, no call was counted.
    const remote =
      measured?.sampledRequests === 0 ? undefined : measured?.edges.filter(({ kind }) => kind === 'remote');
    const of = metric === 'remote-calls-per-journey' ? 'callsPerJourney' : 'networkMs';
    return remote === undefined ? null : exactly(sum(remote.map((edge) => edge[of])));
  },
};
