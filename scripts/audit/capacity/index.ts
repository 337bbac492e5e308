import { headline, ratio } from '../definition.ts';
import { LOST, machineOf, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

export interface CapacityFields {
  capacity: {
    journeysPerSecond: number | null;
    goodPerSecondPerCpu: number | null;
    bounded: 'bracketed' | 'generator' | 'range';
  } | null;
}

export const capacity: AuditedProbe<RoundBase & CapacityFields> = {
  definitions: {
    'capacity-rate': ratio('capacity', { better: 'higher', ...headline }),
    'capacity-good-per-cpu': ratio('capacity', { better: 'higher' }),
  },
  units: { 'capacity-rate': 'journeys/s', 'capacity-good-per-cpu': 'requests/s' },
  part: () => 'capacity',
  badness: (round, part) => (part !== 'capacity' ? undefined : round.capacity === null ? LOST : machineOf(round)),
  value: ({ capacity: measured }, metric) => {
    if (metric !== 'capacity-rate' && metric !== 'capacity-good-per-cpu') return undefined;
    const value = (metric === 'capacity-rate' ? measured?.journeysPerSecond : measured?.goodPerSecondPerCpu) ?? null;
    return value === null ? null : { value, atLeast: measured?.bounded !== 'bracketed' };
  },
  /** A search that ends when its bracket is this narrow, as a share of its upper end, gives values in steps of about that on the logarithm. */
  step: (metric, { probes }) => {
    const settings = probes['capacity'] as { precision: number } | null | undefined;
    const isOfSearch = metric === 'capacity-rate' || metric === 'capacity-good-per-cpu';
    return isOfSearch && settings ? -Math.log(1 - settings.precision) : undefined;
  },
};
