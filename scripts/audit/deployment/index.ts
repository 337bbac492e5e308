import { headline, ratio } from '../definition.ts';
import { exactly, sum } from '../numbers.ts';
import { LOST, machineOf, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

export interface DeploymentFields {
  deployment: {
    allReadyMs: number;
    firstGoodMs: number;
    firstRequestMs: Record<string, number>;
    units: {
      unit: string;
      addedBytes: number;
      imageBytes: number;
      createStartMs: number;
      readyMs: number;
      instance?: number;
    }[];
  } | null;
}

export const deployment: AuditedProbe<RoundBase & DeploymentFields> = {
  definitions: {
    'deployment-time': ratio('deployment', headline),
    'time-to-ready': ratio('deployment'),
    'first-request': ratio('deployment'),
    'image-bytes': ratio('deployment', { constant: true }),
  },
  units: { 'deployment-time': 'ms', 'time-to-ready': 'ms', 'first-request': 'ms', 'image-bytes': 'bytes' },
  part: () => 'deployment',
  badness: (round, part) => (part !== 'deployment' ? undefined : round.deployment === null ? LOST : machineOf(round)),
  value: ({ deployment: measured }, metric) => {
    switch (metric) {
      case 'deployment-time':
        return exactly(measured?.firstGoodMs);
      case 'time-to-ready':
        return exactly(measured?.allReadyMs);
      case 'first-request': {
        const times = Object.values(measured?.firstRequestMs ?? {});
        return times.length === 0 ? null : exactly(sum(times) / times.length);
      }
      case 'image-bytes':
        return measured === null
          ? null
          : exactly(sum(measured.units.filter(({ instance = 0 }) => instance === 0).map((unit) => unit.addedBytes)));
      default:
        return undefined;
    }
  },
};
