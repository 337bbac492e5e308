import type { ResourceMeasurement, Result, UnitResources } from '../../../engine/model/index.ts';
import { mean, present, sum } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** Averages over the rounds of one variant. */
export interface ResourceView {
  variant: VariantView;
  idleMemoryBytes: number | null;
  /** How busy the processors that the deployment may use are at the experiment's rate, 0 to 1; null where they are not known. */
  utilisation: number | null;
  units: { unit: string; cpuSeconds: number; memoryBytes: number; memoryPeakBytes: number }[];
}

/** The resources of each variant that has any. */
export function resourcesOf(result: Result): ResourceView[] {
  const cpus = result.environment.applicationCpus?.length ?? null;
  return variantsOf(result).flatMap((variant) => {
    const counting = new Set(seriesIn(result, variant.name, 'cpu-per-1000-good')?.rounds);
    const measured = present(
      variant.roundsOf('latency').map((round) => (counting.has(round) ? round.resources : null)),
    );
    if (measured.length === 0) return [];
    const average = (pick: (measurement: ResourceMeasurement) => number | null): number | null =>
      mean(present(measured.map(pick)));
    const names = [...new Set(measured.flatMap((measurement) => measurement.units.map((unit) => unit.unit)))];
    const ofUnit = (name: string, pick: (unit: UnitResources) => number): number =>
      mean(measured.map(({ units }) => sum(units.filter(({ unit }) => unit === name).map(pick)))) ?? 0;
    return [
      {
        variant,
        idleMemoryBytes: average((one) =>
          one.idle.length === 0 ? null : sum(one.idle.map((unit) => unit.memoryBytes)),
        ),
        utilisation: average((one) =>
          cpus === null || cpus === 0 || one.windowMs <= 0
            ? null
            : (sum(one.units.map((unit) => unit.cpuSeconds)) * 1000) / (one.windowMs * cpus),
        ),
        units: names.map((unit) => ({
          unit,
          cpuSeconds: ofUnit(unit, (one) => one.cpuSeconds),
          memoryBytes: ofUnit(unit, (one) => one.memoryBytes),
          memoryPeakBytes: ofUnit(unit, (one) => one.memoryPeakBytes),
        })),
      },
    ];
  });
}
