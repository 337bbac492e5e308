import {
  endpointWeights,
  surpriseOf,
  type IsolationEndpoint,
  type IsolationMeasurement,
  type Result,
  own,
} from '../../engine/model/index.ts';
import { geometricMean, mean, median, present, sum } from './numbers.ts';
import { remember } from './remember.ts';
import { variantsOf, type VariantView } from './variants.ts';

/** What the dependency map predicts against what was seen. */
export type Expectation = 'as-predicted' | 'surprise-hurt' | 'surprise-spared' | 'unknown';

/** One endpoint under one fault, over all rounds of one variant. */
export interface Cell {
  endpoint: string;
  need: IsolationEndpoint['need'];
  /** Share of good requests lost, from pooled counts, 0 to 1. */
  degradation: number;
  /** p95 under the fault over p95 before it, geometric mean over rounds; null without samples. */
  inflation: number | null;
  impactedRounds: number;
  rounds: number;
  impacted: boolean;
  /** Unhurt as far as it was reached, but cut off from its users in most rounds. */
  cutOff: boolean;
  /** Share of the requests wanted under the fault that were never made, because one they build on went bad, 0 to 1. */
  notReached: number;
  expectation: Expectation;
}

/** One fault on one variant, over its rounds. */
export interface FaultView {
  variant: VariantView;
  label: string;
  scope: IsolationMeasurement['scope'];
  status: IsolationMeasurement['status'];
  reason: string | null;
  unit: string;
  cells: Map<string, Cell>;
  measurements: IsolationMeasurement[];
  isolationIndex: number | null;
  breadth: number | null;
  severity: number | null;
  lostGoodRequests: number | null;
  detectMs: number | null;
  recoverMs: number | null;
  recoverCountedFrom: IsolationMeasurement['recoverCountedFrom'];
  /** Rounds in which recovery was not seen, and until when they were watched, ms. */
  censored: number;
  censoredAtMs: number | null;
  metastable: boolean;
  /** How long less than half of all requests were good, ms, on average over the rounds in which that was so; null where it never was. */
  brownOutMs: number | null;
  restarts: number | null;
}

function cellOf(endpoint: string, seen: IsolationEndpoint[]): Cell {
  const share = (pick: (one: IsolationEndpoint) => { good: number; scheduled: number }): number => {
    const scheduled = sum(seen.map((one) => pick(one).scheduled));
    return scheduled > 0 ? sum(seen.map((one) => pick(one).good)) / scheduled : 1;
  };
  const before = share((one) => one.baseline);
  const need = seen[0]?.need ?? 'none';
  const impactedRounds = seen.filter((one) => one.impacted).length;
  const impacted = impactedRounds * 2 > seen.length;
  const cutOff = !impacted && seen.filter((one) => one.cutOff || one.impacted).length * 2 > seen.length;
  const notReached = sum(seen.map((one) => one.fault.notReached));
  const wanted = notReached + sum(seen.map((one) => one.fault.scheduled));
  return {
    ...{ endpoint, need, impactedRounds, impacted, cutOff, rounds: seen.length },
    notReached: wanted > 0 ? notReached / wanted : 0,
    degradation: before > 0 ? Math.max(0, 1 - share((one) => one.fault) / before) : 0,
    inflation: geometricMean(present(seen.map((one) => one.inflation))),
    expectation: expectationOf(seen, { impacted, cutOff, need }),
  };
}

/** What the map foretold against what most rounds saw. */
function expectationOf(
  seen: IsolationEndpoint[],
  { impacted, cutOff, need }: Pick<Cell, 'impacted' | 'cutOff' | 'need'>,
): Expectation {
  const most = (surprise: 'hurt' | 'spared') =>
    seen.filter((one) => surpriseOf(one) === surprise).length * 2 > seen.length;
  if (most('hurt')) return 'surprise-hurt';
  if (most('spared')) return 'surprise-spared';
  return cutOff || (need === 'required' && !impacted) ? 'unknown' : 'as-predicted';
}

function faultView(variant: VariantView, label: string, all: IsolationMeasurement[]): FaultView | null {
  const applied = all.filter((one) => one.status === 'applied');
  const [first] = applied.length > 0 ? applied : all;
  if (first === undefined) return null;
  const names = [...new Set(applied.flatMap((one) => one.endpoints.map((endpoint) => endpoint.endpoint)))];
  const middle = (pick: (one: IsolationMeasurement) => number | null): number | null =>
    mean(present(applied.map(pick)));
  const censored = applied.filter((one) => one.recoverMs === null);
  return {
    ...{
      variant,
      label,
      scope: first.scope,
      status: first.status,
      reason: first.reason,
      unit: first.unit,
      measurements: applied,
    },
    cells: new Map(
      names.map((name) => [
        name,
        cellOf(
          name,
          applied.flatMap((one) => one.endpoints.filter((endpoint) => endpoint.endpoint === name)),
        ),
      ]),
    ),
    isolationIndex: middle((one) => one.isolationIndex),
    breadth: middle((one) => one.breadth),
    severity: middle((one) => one.severity),
    lostGoodRequests: middle((one) => one.lostGoodRequests),
    detectMs: median(present(applied.map((one) => one.detect.userMs))),
    recoverMs: median(present(applied.map((one) => one.recoverMs))),
    recoverCountedFrom: first.recoverCountedFrom,
    censored: censored.length,
    censoredAtMs: median(present(censored.map((one) => one.recoverCensoredAtMs))),
    metastable: applied.some((one) => one.metastable),
    brownOutMs: mean(present(applied.map((one) => one.brownOutMs)).filter((ms) => ms > 0)),
    restarts: middle((one) => one.restarts),
  };
}

/** Every fault of the result with what it did to each variant that met it. */
export const faultsOf = remember((result: Result): { label: string; views: FaultView[] }[] => {
  const variants = variantsOf(result);
  const labels = [...new Set(result.rounds.flatMap((round) => round.isolation.map((one) => one.label)))];
  return labels
    .map((label) => ({
      label,
      views: present(
        variants.map((variant) =>
          faultView(
            variant,
            label,
            variant.rounds.flatMap((round) => round.isolation.filter((one) => one.label === label)),
          ),
        ),
      ),
    }))
    .filter((fault) => fault.views.length > 0);
});

/** Endpoints in the order of the application, with their share of traffic. */
export function endpointsByWeight(result: Result): { name: string; title: string; weight: number }[] {
  const weights = endpointWeights(result.application);
  return Object.entries(result.application.endpoints)
    .filter(([name]) => (own(weights, name) ?? 0) > 0)
    .map(([name, endpoint]) => ({ name, title: endpoint.title, weight: own(weights, name) ?? 0 }));
}
