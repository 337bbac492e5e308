import { surpriseOf, type IsolationEndpoint, type Need, own } from '../../model/index.ts';
import { degradation, type Count } from '../../statistics/index.ts';
import { slowerEndpoints } from './slower.ts';
import { summaryOf, windowOf, type TrackedSlice } from './track.ts';

/** A degradation is real when its whole interval lies above this share. */
const degradationFloor = 0.02;

export interface Windows {
  baseline: readonly TrackedSlice[];
  fault: readonly TrackedSlice[];
}

/** What befell each endpoint from the baseline to the fault window. */
export function judgeEndpoints(endpoints: readonly string[], { baseline, fault }: Windows) {
  const slower = slowerEndpoints(baseline, fault, endpoints);
  return endpoints.map((endpoint) => {
    const before = summaryOf(baseline, endpoint);
    const during = summaryOf(fault, endpoint);
    const lost = degradation(asked(during), asked(before));
    const impacted = lost.low > degradationFloor || slower.has(endpoint);
    return {
      endpoint,
      lost,
      impacted,
      cutOff: !impacted && degradation(wanted(during), wanted(before)).low > degradationFloor,
    };
  });
}

type Counts = ReturnType<typeof summaryOf>;
const asked = ({ good, scheduled }: Counts): Count => ({ successes: good, trials: scheduled });
const wanted = ({ good, scheduled, notReached }: Counts): Count => ({
  successes: good,
  trials: scheduled + notReached,
});

/** One column of the blast-radius matrix: every endpoint before, during and after a fault. */
export function isolationCells(
  needs: Readonly<Record<string, Need | undefined>>,
  slices: Windows & { recovery: readonly TrackedSlice[] },
): IsolationEndpoint[] {
  return judgeEndpoints(Object.keys(needs), slices).map(({ endpoint, lost, impacted, cutOff }) => {
    const baseline = windowOf(slices.baseline, endpoint);
    const fault = windowOf(slices.fault, endpoint);
    return {
      endpoint,
      need: own(needs, endpoint) ?? 'none',
      baseline,
      fault,
      recovery: windowOf(slices.recovery, endpoint),
      degradation: lost.value,
      degradationLow: lost.low,
      degradationHigh: lost.high,
      inflation:
        baseline.p95Ms === null || fault.p95Ms === null || baseline.p95Ms === 0 ? null : fault.p95Ms / baseline.p95Ms,
      impacted,
      cutOff,
    };
  });
}

/** Traffic-weighted sums over the cells of one fault. An endpoint that nobody asked meanwhile says nothing about isolation. */
export function isolationSums(cells: readonly IsolationEndpoint[], weights: Readonly<Record<string, number>>) {
  const weightOf = (cell: IsolationEndpoint) => own(weights, cell.endpoint) ?? 0;
  const sum = (of: readonly IsolationEndpoint[], value: (cell: IsolationEndpoint) => number) =>
    of.reduce((total, cell) => total + weightOf(cell) * value(cell), 0);
  const unneeding = cells.filter((cell) => cell.need === 'none' && cell.fault.scheduled > 0);
  const unneedingWeight = sum(unneeding, () => 1);
  return {
    breadth: sum(cells, (cell) => (cell.impacted ? 1 : 0)),
    severity: sum(cells, (cell) => cell.degradation),
    isolationIndex: unneedingWeight === 0 ? null : 1 - sum(unneeding, (cell) => cell.degradation) / unneedingWeight,
  };
}

/** The endpoints in which the map and the observation disagree. */
export function surprises(cells: readonly IsolationEndpoint[]) {
  return cells
    .filter((cell) => surpriseOf(cell) !== null)
    .map((cell) => ({ endpoint: cell.endpoint, predicted: cell.need === 'required', observed: cell.impacted }));
}
