import type { ResourceMeasurement, Result, UnitResources } from '../../engine/model/index.ts';
import { median, present, sum } from './numbers.ts';
import { variantsOf, type VariantView } from './variants.ts';

/** Medians over the rounds of one variant. */
export interface ResourceView {
  variant: VariantView;
  cpuPer1000Good: number | null;
  memoryBytes: number | null;
  idleMemoryBytes: number | null;
  /** CPU seconds a second without load. */
  idleCpuShare: number | null;
  networkPer1000Good: number | null;
  units: { unit: string; cpuSeconds: number; memoryBytes: number; memoryPeakBytes: number }[];
}

function per1000Good(measured: ResourceMeasurement, amount: number): number | null {
  return measured.goodRequests > 0 ? (amount * 1000) / measured.goodRequests : null;
}

function networkBytes(units: UnitResources[]): number | null {
  const bytes = units.map((unit) =>
    unit.networkReceivedBytes === null || unit.networkSentBytes === null
      ? null
      : unit.networkReceivedBytes + unit.networkSentBytes,
  );
  return bytes.includes(null) ? null : sum(present(bytes));
}

/** The resources of each variant that has any. */
export function resourcesOf(result: Result): ResourceView[] {
  return variantsOf(result).flatMap((variant) => {
    const measured = present(variant.rounds.map((round) => round.resources));
    if (measured.length === 0) return [];
    const middle = (pick: (measurement: ResourceMeasurement) => number | null): number | null =>
      median(present(measured.map(pick)));
    const names = [...new Set(measured.flatMap((measurement) => measurement.units.map((unit) => unit.unit)))];
    const ofUnit = (name: string, pick: (unit: UnitResources) => number): number =>
      median(measured.flatMap((measurement) => measurement.units.filter((unit) => unit.unit === name).map(pick))) ?? 0;
    return [
      {
        variant,
        cpuPer1000Good: middle((one) => per1000Good(one, sum(one.units.map((unit) => unit.cpuSeconds)))),
        memoryBytes: middle((one) => sum(one.units.map((unit) => unit.memoryBytes))),
        idleMemoryBytes: middle((one) =>
          one.idle.length === 0 ? null : sum(one.idle.map((unit) => unit.memoryBytes)),
        ),
        idleCpuShare: middle((one) =>
          one.idleWindowMs > 0 ? (sum(one.idle.map((unit) => unit.cpuSeconds)) * 1000) / one.idleWindowMs : null,
        ),
        networkPer1000Good: middle((one) => {
          const bytes = networkBytes(one.units);
          return bytes === null ? null : per1000Good(one, bytes);
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
