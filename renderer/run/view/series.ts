import type { LabEvent, LabEventOf } from '../../../engine/model/index.ts';
import { appendBounded } from '../../shared/bounded.ts';
import { limits, type LoadPoint, type LoadSeries } from './run-view.ts';

/** Appends slices to the series of their rounds; keeps the last rounds of each variant only. */
export function applySeries(series: readonly LoadSeries[], events: readonly LabEvent[]): readonly LoadSeries[] {
  const byRound = new Map<string, LabEventOf<'load'>[]>();
  for (const event of events) {
    if (event.type !== 'load') continue;
    const list = byRound.get(event.roundId);
    if (list === undefined) byRound.set(event.roundId, [event]);
    else list.push(event);
  }
  if (byRound.size === 0) return series;
  const next = [...series];
  for (const [roundId, loads] of byRound) {
    const first = loads[0];
    if (first === undefined) continue;
    const points = loads.map(pointOf);
    const index = next.findIndex((one) => one.roundId === roundId);
    const before = next[index];
    if (before === undefined)
      next.push({
        roundId,
        variant: first.variant,
        startedAtMs: first.slice.startMs,
        points: appendBounded([], points, limits.points),
      });
    else next[index] = { ...before, points: appendBounded(before.points, points, limits.points) };
  }
  return keepLatest(next);
}

function pointOf(event: LabEventOf<'load'>): LoadPoint {
  const { slice, phase } = event;
  const seconds = Math.max(slice.lengthMs, 1) / 1000;
  return {
    atMs: slice.startMs,
    phase,
    arrivalsPerSecond: slice.scheduled / seconds,
    errorsPerSecond: slice.errors / seconds,
    p50Ms: slice.p50Ms,
    p95Ms: slice.p95Ms,
    p99Ms: slice.p99Ms,
  };
}

function keepLatest(series: LoadSeries[]): readonly LoadSeries[] {
  const seen = new Map<string, number>();
  return series
    .toReversed()
    .filter((one) => {
      const count = (seen.get(one.variant) ?? 0) + 1;
      seen.set(one.variant, count);
      return count <= limits.seriesPerVariant;
    })
    .toReversed();
}
