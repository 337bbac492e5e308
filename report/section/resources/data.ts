import { total, type ResourceMeasurement, type Result, type UnitResources } from '../../../engine/model/index.ts';
import { mean, present } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** Averages over the rounds of one variant. */
export interface ResourceView {
  variant: VariantView;
  idleMemoryBytes: number | null;
  /** How busy the processors that the deployment may use are at the experiment's rate, 0 to 1; null where they are not known. */
  utilisation: number | null;
  /** What the engine did not tell in any round is null. */
  units: { unit: string; cpuSeconds: number | null; memoryBytes: number | null; memoryPeakBytes: number | null }[];
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
    const ofUnit = (name: string, pick: (unit: UnitResources) => number | null): number | null =>
      average(({ units }) => total(units.filter(({ unit }) => unit === name).map(pick)));
    return [
      {
        variant,
        idleMemoryBytes: average((one) =>
          one.idle.length === 0 ? null : total(one.idle.map((unit) => unit.memoryBytes)),
        ),
        utilisation: average((one) => {
          const seconds = total(one.units.map((unit) => unit.cpuSeconds));
          if (seconds === null || cpus === null || cpus === 0 || one.windowMs <= 0) return null;
          return (seconds * 1000) / (one.windowMs * cpus);
        }),
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
