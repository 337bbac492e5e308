import type { Measure, MeasureContext } from '../measure.ts';

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
