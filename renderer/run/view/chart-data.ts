import type { LoadPoint, LoadSeries } from './run-view.ts';

export type ChartValue = 'arrivalsPerSecond' | 'errorsPerSecond' | 'p50Ms' | 'p95Ms' | 'p99Ms';

/** The newest series of every variant, in the order of the variants; null where there is none. */
export function latestSeries(series: readonly LoadSeries[], names: readonly string[]): readonly (LoadSeries | null)[] {
  return names.map((name) => series.findLast((one) => one.variant === name) ?? null);
}

/** Rows for a chart: seconds since each round's load began, one column a variant (`v0`, `v1`...). Whole seconds, so that lines share rows. */
export function chartRows(latest: readonly (LoadSeries | null)[], value: ChartValue): Record<string, number | null>[] {
  const rows = new Map<number, Record<string, number | null>>();
  for (const [index, one] of latest.entries()) {
    if (one === null) continue;
    for (const point of one.points) {
      const second = Math.max(0, Math.round((point.atMs - one.startedAtMs) / 1000));
      const row = rows.get(second) ?? { second };
      row[`v${index}`] = point[value];
      rows.set(second, row);
    }
  }
  return [...rows.values()].toSorted((a, b) => (a['second'] ?? 0) - (b['second'] ?? 0));
}

/** The last known value of each variant; null where there is none. */
export function lastValues(latest: readonly (LoadSeries | null)[], value: ChartValue): (number | null)[] {
  return latest.map((one) => one?.points.findLast((point: LoadPoint) => point[value] !== null)?.[value] ?? null);
}

/** A round number above every value, so that the scale changes seldom while data comes in. */
export function niceTop(values: readonly number[], least: number): number {
  const top = Math.max(least, ...values);
  const power = 10 ** Math.floor(Math.log10(top));
  const step = [1, 2, 5, 10].find((one) => one * power >= top) ?? 10;
  return step * power;
}
