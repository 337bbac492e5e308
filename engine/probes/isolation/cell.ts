import type { IsolationEndpoint, Need } from '../../model/index.ts';
import { degradation, wilsonInterval } from '../../statistics/index.ts';
import { windowOf, type TrackedSlice } from './track.ts';

/** A degradation is real when its whole interval lies above this share. */
const degradationFloor = 0.02;
const inflationFactor = 1.5;
const inflationMs = 50;
/** Share of requests that lie above a p95. */
const beyondP95 = 0.05;

/** One cell of the blast-radius matrix: an endpoint before, during and after a fault. */
export function isolationCell(
  endpoint: string,
  need: Need | undefined,
  slices: { baseline: readonly TrackedSlice[]; fault: readonly TrackedSlice[]; recovery: readonly TrackedSlice[] },
): IsolationEndpoint {
  const baseline = windowOf(slices.baseline, endpoint);
  const fault = windowOf(slices.fault, endpoint);
  const recovery = windowOf(slices.recovery, endpoint);
  const lost = degradation(
    { successes: fault.good, trials: fault.scheduled },
    { successes: baseline.good, trials: baseline.scheduled },
  );
  const inflation =
    baseline.p95Ms === null || fault.p95Ms === null || baseline.p95Ms === 0 ? null : fault.p95Ms / baseline.p95Ms;
  const slower = baseline.p95Ms !== null && isSlower(slices.fault, endpoint, baseline.p95Ms);
  return {
    endpoint,
    need: need ?? 'none',
    baseline,
    fault,
    recovery,
    degradation: lost.value,
    degradationLow: lost.low,
    degradationHigh: lost.high,
    inflation,
    impacted: lost.low > degradationFloor || slower,
  };
}

/**
 * Whether p95 has risen by the factor and by the ms at least, beyond chance: more than one request in twenty lies above that bound, and so does the
 * whole 95 % interval of their share. With few requests one stray answer is the p95, which says nothing.
 */
function isSlower(slices: readonly TrackedSlice[], endpoint: string, baselineP95Ms: number): boolean {
  const boundMs = Math.max(inflationFactor * baselineP95Ms, baselineP95Ms + inflationMs);
  let above = 0;
  let all = 0;
  for (const slice of slices) {
    for (const { ms, count } of slice.endpoints[endpoint]?.times ?? []) {
      all += count;
      if (ms >= boundMs) above += count;
    }
  }
  return wilsonInterval(above, all).low > beyondP95;
}

/** Traffic-weighted sums over the cells of one fault. */
export function isolationSums(cells: readonly IsolationEndpoint[], weights: Readonly<Record<string, number>>) {
  const weightOf = (cell: IsolationEndpoint) => weights[cell.endpoint] ?? 0;
  const sum = (of: readonly IsolationEndpoint[], value: (cell: IsolationEndpoint) => number) =>
    of.reduce((total, cell) => total + weightOf(cell) * value(cell), 0);
  const unneeding = cells.filter((cell) => cell.need === 'none');
  const unneedingWeight = sum(unneeding, () => 1);
  return {
    breadth: sum(cells, (cell) => (cell.impacted ? 1 : 0)),
    severity: sum(cells, (cell) => cell.degradation),
    isolationIndex: unneedingWeight === 0 ? null : 1 - sum(unneeding, (cell) => cell.degradation) / unneedingWeight,
  };
}

/** Where the map and the observation disagree: an endpoint that requires the module should be hurt, any other should not. */
export function surprises(cells: readonly IsolationEndpoint[]) {
  return cells
    .map((cell) => ({ endpoint: cell.endpoint, predicted: cell.need === 'required', observed: cell.impacted }))
    .filter((cell) => cell.predicted !== cell.observed);
}
