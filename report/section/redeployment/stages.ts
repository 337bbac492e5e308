import type { RedeploymentMeasurement } from '../../../engine/model/index.ts';

/** Pieces of the way from an edit to the end of the last old instance, in order: of each instance that is replaced the last five. */
export const stages = ['bundle', 'images', 'start', 'ready', 'switch', 'drain', 'end'] as const;
export type Stage = (typeof stages)[number];

type Span = readonly [fromMs: number, toMs: number];

/**
 * How long each piece took, ms; together they are `replacedMs`. Units that are replaced one after another have each piece as often, and the sum is told; where instances go side by side a moment is of the
 * first piece that any of them is in. What is left of the replacement is `end`. Pure.
 */
export function stagesOf({
  bundledMs,
  builtMs,
  replaced,
  replacedMs,
}: Pick<RedeploymentMeasurement, 'bundledMs' | 'builtMs' | 'replaced' | 'replacedMs'>): Record<Stage, number> {
  // Entry and others end one after another with blue-green, and were all switched at once.
  const drainFromMs = (one: RedeploymentMeasurement['replaced'][number]): number =>
    Math.max(
      one.switchedMs,
      ...replaced.map(({ removedMs }) => removedMs).filter((ms) => ms < (one.drainedMs ?? one.switchedMs)),
    );
  const spans: Span[] = [];
  let toldMs = 0;
  const more = (next: readonly Span[]): number => {
    spans.push(...next);
    const beforeMs = toldMs;
    toldMs = coveredMs(spans, [builtMs, replacedMs]);
    return toldMs - beforeMs;
  };
  const start = more(replaced.map((one): Span => [one.createStartMs, one.startedMs]));
  const ready = more(replaced.map((one): Span => [one.startedMs, one.readyMs]));
  const switched = more(replaced.map((one): Span => [one.readyMs, one.switchedMs]));
  const drain = more(replaced.map((one): Span => [drainFromMs(one), one.drainedMs ?? one.switchedMs]));
  const end = Math.max(0, replacedMs - builtMs) - toldMs;
  return { bundle: bundledMs, images: builtMs - bundledMs, start, ready, switch: switched, drain, end };
}

/** How much of `within` lies in any of the spans, ms. */
function coveredMs(spans: readonly Span[], [fromMs, toMs]: Span): number {
  let covered = 0;
  let atMs = fromMs;
  for (const [begin, end] of spans.toSorted(([a], [b]) => a - b)) {
    const from = Math.max(begin, atMs);
    const to = Math.min(end, toMs);
    if (to <= from) continue;
    covered += to - from;
    atMs = to;
  }
  return covered;
}
