import type { IsolationEndpoint, Need } from '../../model/index.ts';
import { degradation } from '../../statistics/index.ts';
import { windowOf, type TrackedSlice } from './track.ts';

/** A degradation is real when its whole interval lies above this share. */
const degradationFloor = 0.02;
const inflationFactor = 1.5;
const inflationMs = 50;

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
  const slower =
    inflation !== null && inflation >= inflationFactor && (fault.p95Ms ?? 0) - (baseline.p95Ms ?? 0) >= inflationMs;
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
