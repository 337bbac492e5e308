import {
  own,
  samplesNeeded,
  surpriseOf,
  type IsolationEndpoint,
  type LineSlice,
  type Need,
} from '../../model/index.ts';
import { degradation, type Count } from '../../statistics/index.ts';
import { tallyOf, tallyQuantile, wanted, type Tally } from './slices.ts';
import { slowCounts, slowerOnce } from './slower.ts';

/** A degradation is real when its whole interval lies above this share. */
const degradationFloor = 0.02;

export interface Windows {
  baseline: readonly LineSlice[];
  fault: readonly LineSlice[];
  recovery: readonly LineSlice[];
}

const asked = ({ good, scheduled }: Tally): Count => ({ successes: good, trials: scheduled });
const wantedCount = (tally: Tally): Count => ({ successes: tally.good, trials: wanted(tally) });

/** Every endpoint before, during and after a fault, in one deployment. */
export function isolationCells(
  needs: Readonly<Record<string, Need | undefined>>,
  { baseline, fault, recovery }: Windows,
): IsolationEndpoint[] {
  return Object.keys(needs).map((endpoint) => {
    const before = tallyOf(baseline, endpoint);
    const during = tallyOf(fault, endpoint);
    const lost = degradation(asked(during), asked(before));
    const unreached = degradation(wantedCount(during), wantedCount(before));
    const slow = slowCounts(baseline, fault, endpoint);
    const impacted = lost.low > degradationFloor || (slow !== null && slowerOnce(slow));
    const [windowBefore, windowDuring] = [windowOf(before), windowOf(during)];
    return {
      endpoint,
      need: own(needs, endpoint) ?? 'none',
      baseline: windowBefore,
      fault: windowDuring,
      recovery: windowOf(tallyOf(recovery, endpoint)),
      degradation: lost.value,
      degradationLow: lost.low,
      degradationHigh: lost.high,
      wantedDegradation: unreached.value,
      addedMs: addedMs(before, during),
      inflation:
        windowBefore.p95Ms === null || windowDuring.p95Ms === null || windowBefore.p95Ms === 0
          ? null
          : windowDuring.p95Ms / windowBefore.p95Ms,
      impacted,
      cutOff: !impacted && unreached.low > degradationFloor,
    };
  });
}

/** How much later the median answer came, ms; null without answers on a side. */
function addedMs(before: Tally, during: Tally): number | null {
  const median = ({ answersMs }: Tally) => tallyQuantile({ answersMs, failuresMs: [] }, 0.5)?.ms ?? null;
  const [from, to] = [median(before), median(during)];
  return from === null || to === null ? null : to - from;
}

function windowOf(tally: Tally): IsolationEndpoint['baseline'] {
  const at = (q: number) => (tally.scheduled < samplesNeeded(q) ? null : (tallyQuantile(tally, q)?.ms ?? null));
  const { scheduled, good, notReached, errors } = tally;
  return { scheduled, good, notReached, errors, p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** Share of what users wanted of an endpoint that was lost against the baseline, not reached counting as lost, 0 to 1; null where nothing was wanted. */
export function wantedLoss(
  baseline: readonly LineSlice[],
  window: readonly LineSlice[],
  endpoint: string,
): number | null {
  const during = wantedCount(tallyOf(window, endpoint));
  return during.trials === 0 ? null : degradation(during, wantedCount(tallyOf(baseline, endpoint))).value;
}

/** The endpoints in which the map and what one deployment showed disagree. */
export function surprises(cells: readonly IsolationEndpoint[]) {
  return cells
    .filter((cell) => surpriseOf(cell) !== null)
    .map((cell) => ({ endpoint: cell.endpoint, predicted: cell.need === 'required', observed: cell.impacted }));
}
