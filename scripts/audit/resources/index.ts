import { headline, ratio } from '../definition.ts';
import { exactly, sum, whole } from '../numbers.ts';
import type { AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

interface UnitUse {
  unit: string;
  cpuSeconds: number | null;
  memoryBytes: number | null;
  networkReceivedBytes: number | null;
  networkSentBytes: number | null;
}

export interface ResourcesFields {
  resources: { goodRequests: number; units: UnitUse[]; idle: UnitUse[]; idleWindowMs: number } | null;
}

/** Watched with response times, and as good as they are. */
export const resources: AuditedProbe<RoundBase & ResourcesFields> = {
  definitions: {
    'cpu-per-1000-good': ratio('cost', headline),
    'memory-resident': ratio('cost', headline),
    'idle-cpu': { question: 'cost', scale: 'difference', margin: 0.005, better: 'lower' },
    'network-per-1000-good': ratio('cost'),
  },
  units: {
    ...{ 'cpu-per-1000-good': 'cpu-seconds', 'memory-resident': 'bytes', 'idle-cpu': 'share' },
    'network-per-1000-good': 'bytes',
  },
  part: () => 'latency',
  badness: () => undefined,
  value: ({ resources: used }, metric) => {
    const perThousand = (amount: number | null) =>
      used === null || amount === null || used.goodRequests === 0 ? null : (amount / used.goodRequests) * 1000;
    switch (metric) {
      case 'cpu-per-1000-good':
        return exactly(perThousand(whole(used?.units.map((unit) => unit.cpuSeconds) ?? [])));
      case 'memory-resident':
        return used === null ? null : exactly(whole(used.units.map((unit) => unit.memoryBytes)));
      case 'idle-cpu': {
        const seconds = whole(used?.idle.map((unit) => unit.cpuSeconds) ?? []);
        return used === null || seconds === null || used.idleWindowMs === 0
          ? null
          : exactly(seconds / (used.idleWindowMs / 1000));
      }
      case 'network-per-1000-good': {
        const bytes = used?.units.flatMap((unit) => [unit.networkReceivedBytes, unit.networkSentBytes]) ?? [];
        const known = bytes.filter((one) => one !== null);
        return known.length < bytes.length || known.length === 0 ? null : exactly(perThousand(sum(known)));
      }
      default:
        return undefined;
    }
  },
};
