import {
  endpointWeights,
  own,
  samplesNeeded,
  type Application,
  type IsolationMeasurement,
  type IsolationOutcome,
  type LineSlice,
} from '../../model/index.ts';
import { isolationCells, surprises, wantedLoss } from './cell.ts';
import { baselineOf, recoveryIn } from './recovery.ts';
import { indexWindowMs } from './resolution.ts';
import { availability, tallyOf, tallyQuantile, touching, wanted, within, withheldShare } from './slices.ts';

const brownOutBelow = 0.5;

/** The windows of one fault, cut out of the slices of its load; null where the fault was not done. */
export function windowsOf(measured: IsolationMeasurement, slices: readonly LineSlice[]) {
  const { baselineFromMs, baselineUntilMs, effectAtMs, endAtMs, watchedUntilMs } = measured;
  if (baselineFromMs === null || baselineUntilMs === null) return null;
  if (effectAtMs === null || endAtMs === null || watchedUntilMs === null) return null;
  const watched = within(slices, -Infinity, watchedUntilMs);
  const sinceEffect = touching(watched, effectAtMs, Infinity);
  const fault = touching(watched, effectAtMs, endAtMs);
  const first = sinceEffect[0]?.startMs ?? effectAtMs;
  return {
    baseline: within(slices, baselineFromMs, baselineUntilMs),
    fault,
    recovery: sinceEffect.filter((slice) => !fault.includes(slice)),
    sinceEffect,
    /** The window of fixed length that begins with the slice in which the fault took effect. */
    index: sinceEffect.filter((slice) => slice.startMs < first + indexWindowMs - 1),
    /** From as long before the effect as the baseline is. */
    story: touching(watched, effectAtMs - (baselineUntilMs - baselineFromMs), Infinity),
  };
}

/** Which endpoints need the module that was out of reach, by the application's declared map. */
export function needsOf(application: Application, module: string) {
  return Object.fromEntries(
    Object.entries(application.endpoints).map(
      ([endpoint, declared]) => [endpoint, own(declared.needs, module)] as const,
    ),
  );
}

/** Everything that is said about one fault in one deployment, from its moments and the slices of the load alone; null where it was not done. */
export function deriveOutcome(
  measured: IsolationMeasurement,
  slices: readonly LineSlice[],
  application: Application,
): IsolationOutcome | null {
  const windows = windowsOf(measured, slices);
  const { effectAtMs, undoneAtMs, watchedUntilMs } = measured;
  if (windows === null || effectAtMs === null || watchedUntilMs === null) return null;
  const weights = endpointWeights(application);
  const cells = isolationCells(needsOf(application, measured.module), windows);
  const weightOf = (endpoint: string) => own(weights, endpoint) ?? 0;
  const losses = cells.flatMap(({ endpoint, need }) => {
    const loss = wantedLoss(windows.baseline, windows.index, endpoint);
    return loss === null ? [] : [{ need, loss, weight: weightOf(endpoint) }];
  });
  const sum = (of: typeof losses, value: (one: (typeof losses)[number]) => number) =>
    of.reduce((total, one) => total + one.weight * value(one), 0);
  const unneeding = losses.filter(({ need }) => need === 'none');
  const unneedingWeight = sum(unneeding, () => 1);
  const reference = baselineOf(windows.baseline);
  const countedFromMs = measured.recoverCountedFrom === 'effect' ? effectAtMs : (undoneAtMs ?? effectAtMs);
  const sinceEffect = (atMs: number | undefined) => (atMs === undefined ? null : Math.max(0, atMs - effectAtMs));
  const bad = windows.sinceEffect.find((slice) => {
    const { scheduled, good } = tallyOf([slice]);
    return good < scheduled;
  });
  const breaker = measured.events.find((event) => event.kind === 'breaker');
  const ofUnit = measured.events.find((event) => event.kind !== 'breaker' && event.unit === measured.unit);
  return {
    endpoints: cells,
    breadth: cells.reduce((total, cell) => total + (cell.impacted ? weightOf(cell.endpoint) : 0), 0),
    severity: sum(losses, ({ loss }) => loss),
    isolationIndex: unneedingWeight === 0 ? null : 1 - sum(unneeding, ({ loss }) => loss) / unneedingWeight,
    ...lossOf(windows.baseline, windows.sinceEffect),
    indexCounts: {
      unneeding: countsOf(
        windows.index,
        cells.flatMap(({ endpoint, need }) => (need === 'none' ? [endpoint] : [])),
      ),
      all: countsOf(
        windows.index,
        cells.map(({ endpoint }) => endpoint),
      ),
    },
    detect: {
      userMs: sinceEffect(bad?.startMs),
      engineMs: sinceEffect(ofUnit?.atMs),
      breakerMs: sinceEffect(breaker?.atMs),
    },
    ...recoveryIn(windows.sinceEffect, countedFromMs, reference),
    brownOutMs: windows.fault.reduce(
      (total, slice) => ((availability(tallyOf([slice])) ?? 1) < brownOutBelow ? total + slice.lengthMs : total),
      0,
    ),
    surprises: surprises(cells),
    timeline: timeline(windows.story),
    withheldShare: withheldShare(windows.sinceEffect),
  };
}

/** Good requests that are missing against the baseline's share of what users wanted, over the slices: the area under the loss curve. */
function lossOf(baseline: readonly LineSlice[], slices: readonly LineSlice[]) {
  const before = tallyOf(baseline);
  const after = tallyOf(slices);
  const share = wanted(before) === 0 ? 1 : before.good / wanted(before);
  const lostGoodRequests = Math.max(0, wanted(after) * share - after.good);
  const lengthMs = baseline.reduce((total, slice) => total + slice.lengthMs, 0);
  const goodPerSecond = lengthMs === 0 ? 0 : (before.good * 1000) / lengthMs;
  return {
    lostGoodRequests,
    wantedRequests: wanted(after),
    outageSeconds: goodPerSecond === 0 ? null : lostGoodRequests / goodPerSecond,
  };
}

function countsOf(slices: readonly LineSlice[], endpoints: readonly string[]): { good: number; wanted: number } {
  const tallies = endpoints.map((endpoint) => tallyOf(slices, endpoint));
  return {
    good: tallies.reduce((total, one) => total + one.good, 0),
    wanted: tallies.reduce((total, one) => total + wanted(one), 0),
  };
}

/** One point a slice over all endpoints, for a look at one deployment; charts pool the slices of several. */
function timeline(slices: readonly LineSlice[]): IsolationOutcome['timeline'] {
  return slices.flatMap((slice) => {
    const all = tallyOf([slice]);
    if (all.scheduled === 0) return [];
    const at = (q: number) => (all.scheduled < samplesNeeded(q) ? null : (tallyQuantile(all, q)?.ms ?? null));
    const { scheduled, good } = all;
    return [
      {
        ...{ atMs: slice.startMs, lengthMs: slice.lengthMs, endpoint: 'all', scheduled, good },
        ...{ p50Ms: at(0.5), p95Ms: at(0.95) },
      },
    ];
  });
}
