import { exactly } from '../numbers.ts';
import { LOST, machineOf, WRONG, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

interface Released {
  change: string;
  status: 'released' | 'refused';
  changedUnits: string[];
  builtMs: number;
  addedBytes: number;
  replacedMs: number;
  seenMs: number | null;
  requests: { scheduled: number; lost: number };
  back: { replacedMs: number } | null;
  warm?: { replacedMs: number; seenMs: number | null };
  watch?: { noticedMs: number | null; wholeMs: number | null };
  contracts?: { skews: Skew[]; staying?: Skew };
}

interface Skew {
  first: 'providers' | 'callers';
  released: string[];
  left: string[];
  requests: Record<string, { scheduled: number; lost: number }>;
}

export interface RedeploymentFields {
  redeployment?: Released[];
}

type Audited = RoundBase & RedeploymentFields;

const releaseOf = ({ redeployment = [] }: Audited, change: string | undefined): Released | undefined =>
  redeployment.find((one) => one.change === change);

const unserved = ({ requests }: Skew): string[] =>
  Object.keys(requests).filter((endpoint) => {
    const { scheduled = 0, lost = 0 } = requests[endpoint] ?? {};
    return scheduled > 0 && lost / scheduled > 0.5;
  });

/** Every unit of the change where either half alone leaves an endpoint mostly unserved that the whole serves; else one. */
function lockstep({ skews, staying }: NonNullable<Released['contracts']>): number {
  const anyway = new Set(staying === undefined ? [] : unserved(staying));
  const suffer = skews.filter((skew) => unserved(skew).some((endpoint) => !anyway.has(endpoint)));
  const halves = new Set(suffer.map(({ first }) => first));
  return halves.size < 2 ? 1 : new Set(skews.flatMap(({ released, left }) => [...released, ...left])).size;
}

export const redeployment: AuditedProbe<Audited> = {
  definitions: {
    'edit-to-live': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower', headline: true },
    'edit-to-live-warm': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower' },
    'release-lost-requests': { question: 'release', scale: 'count', margin: 5, better: 'lower', headline: true },
    'build-time': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower' },
    'replacement-time': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower' },
    'roll-back-time': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower' },
    'released-units': { question: 'release', scale: 'difference', margin: 0.5, better: 'lower', constant: true },
    'time-to-notice': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower' },
    'time-to-whole': { question: 'release', scale: 'ratio', margin: 0.1, better: 'lower' },
    'lockstep-units': { question: 'release', scale: 'difference', margin: 0.5, better: 'lower', constant: true },
    'released-bytes': { question: 'release', scale: 'ratio', margin: 0.05, better: 'lower', constant: true },
  },
  units: {
    'edit-to-live': 'ms',
    'edit-to-live-warm': 'ms',
    'release-lost-requests': 'requests',
    'build-time': 'ms',
    'replacement-time': 'ms',
    'roll-back-time': 'ms',
    'released-units': 'count',
    'time-to-notice': 'ms',
    'time-to-whole': 'ms',
    'lockstep-units': 'count',
    'released-bytes': 'bytes',
  },
  changes: ({ redeployment: measured = [] }) => measured.map(({ change }) => change),
  part: ({ change = '' }) => `redeployment: ${change}`,
  badness: (round, part) => {
    if (!part.startsWith('redeployment: ')) return undefined;
    const change = part.slice('redeployment: '.length);
    if (releaseOf(round, change) === undefined) return LOST;
    return round.generators[`release ${change}`]?.saturated === true ? WRONG : machineOf(round);
  },
  isSpoilt: (round, metric, { change }) =>
    metric === 'release-lost-requests' && round.generators[`release ${change}`]?.saturated === true,
  value: (round, metric, { change }) => {
    const one = releaseOf(round, change);
    const live = one?.status === 'released' ? one : undefined;
    const told = (value: number | null | undefined) => (value === undefined || value === null ? null : exactly(value));
    switch (metric) {
      case 'edit-to-live':
        return told(live?.seenMs ?? live?.replacedMs);
      case 'edit-to-live-warm':
        return told(one?.warm?.seenMs ?? one?.warm?.replacedMs);
      case 'release-lost-requests':
        return told(one?.requests.lost);
      case 'build-time':
        return told(live?.builtMs);
      case 'replacement-time':
        return told(live === undefined ? null : live.replacedMs - live.builtMs);
      case 'roll-back-time':
        return told(one?.back?.replacedMs);
      case 'released-units':
        return told(live?.changedUnits.length);
      case 'time-to-notice':
        return told(one?.watch?.noticedMs);
      case 'time-to-whole':
        return told(one?.watch?.wholeMs);
      case 'lockstep-units':
        return told(one?.contracts === undefined ? null : lockstep(one.contracts));
      case 'released-bytes':
        return told(live?.addedBytes);
      default:
        return undefined;
    }
  },
  counts: (round, metric, { change }) => {
    const one = releaseOf(round, change);
    return metric !== 'release-lost-requests' || one === undefined
      ? null
      : { successes: one.requests.lost, trials: one.requests.scheduled };
  },
};
