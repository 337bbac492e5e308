import { faultsSeen, judgeCells, type Expectation, type JudgedCell } from '../../../engine/evaluation/index.ts';
import {
  endpointWeights,
  faultPart,
  type IsolationMeasurement,
  type IsolationOutcome,
  type Result,
  own,
} from '../../../engine/model/index.ts';
import { mean, median, present, sum } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

export type { Expectation } from '../../../engine/evaluation/index.ts';

/** One endpoint under one fault, over all rounds of one variant. */
export interface Cell {
  endpoint: string;
  need: JudgedCell['need'];
  isOnServer: boolean;
  /** Share of good requests lost, from pooled counts, 0 to 1. */
  degradation: number;
  /** How much later the median answer came under the fault, average over rounds, ms; null without answers. */
  addedMs: number | null;
  /** p95 under the fault over p95 before it; null where a round has fewer than 200 requests. */
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

/** What one deployment showed of a fault that was done to it. */
export interface FaultRound {
  measured: IsolationMeasurement;
  outcome: IsolationOutcome;
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
  rounds: FaultRound[];
  /** Average over the rounds; null when every endpoint needs the module. */
  isolationIndex: number | null;
  /** Time's worth of good requests lost, average over the rounds, s: derived from lost requests and not tested. */
  outageSeconds: number | null;
  detectMs: number | null;
  recoverMs: number | null;
  recoverCountedFrom: IsolationMeasurement['recoverCountedFrom'];
  /** Rounds in which recovery was not seen, and until when they were watched, ms. */
  censored: number;
  censoredAtMs: number | null;
  /** Not recovered in most rounds. */
  metastable: boolean;
  /** How long less than half of all requests were good, ms, average over the rounds; null where that was not so in most of them. */
  brownOutMs: number | null;
  restarts: number | null;
}

function cellOf(judged: JudgedCell): Cell {
  const { endpoint, need, isOnServer, seen, hurtIn, impacted, cutOff, expectation } = judged;
  const share = (pick: (one: (typeof seen)[number]) => { good: number; scheduled: number }): number => {
    const scheduled = sum(seen.map((one) => pick(one).scheduled));
    return scheduled > 0 ? sum(seen.map((one) => pick(one).good)) / scheduled : 1;
  };
  const before = share((one) => one.baseline);
  const notReached = sum(seen.map((one) => one.fault.notReached));
  const wanted = notReached + sum(seen.map((one) => one.fault.scheduled));
  const ratios = seen.map((one) => one.inflation);
  return {
    ...{ endpoint, need, isOnServer, impactedRounds: hurtIn, impacted, cutOff, rounds: seen.length, expectation },
    notReached: wanted > 0 ? notReached / wanted : 0,
    degradation: before > 0 ? Math.max(0, 1 - share((one) => one.fault) / before) : 0,
    addedMs: mean(present(seen.map((one) => one.addedMs))),
    inflation: ratios.includes(null) ? null : mean(present(ratios)),
  };
}

const most = (count: number, of: number): boolean => count * 2 > of;

function faultView(result: Result, variant: VariantView, label: string): FaultView | null {
  const { application } = result;
  const counting = new Set(seriesIn(result, variant.name, 'lost-good-requests', { fault: label })?.rounds);
  const all = variant.roundsOf(faultPart(label));
  const sound = all.filter((round) => counting.has(round));
  const rounds = sound.length > 0 ? sound : all;
  const seen = rounds.flatMap((round) =>
    faultsSeen(round, application).filter(({ measured }) => measured.label === label),
  );
  const done = seen.flatMap(({ measured, outcome }) => (outcome === null ? [] : [{ measured, outcome }]));
  const first = done[0]?.measured ?? seen[0]?.measured;
  if (first === undefined) return null;
  const outcomes = done.map(({ outcome }) => outcome);
  const average = (pick: (one: IsolationOutcome) => number | null | undefined): number | null =>
    mean(present(outcomes.map(pick)));
  const censored = outcomes.filter((one) => one.recoverMs === null);
  const brownOuts = present(outcomes.map((one) => one.brownOutMs)).filter((ms) => ms > 0);
  return {
    ...{
      variant,
      label,
      scope: first.scope,
      status: first.status,
      reason: first.reason,
      unit: first.unit,
      rounds: done,
    },
    cells: new Map(
      judgeCells(rounds, label, application, result.experiment.variants[variant.index]).map((judged) => [
        judged.endpoint,
        cellOf(judged),
      ]),
    ),
    isolationIndex: seriesIn(result, variant.name, 'isolation-index', { fault: label })?.value ?? null,
    outageSeconds: average((one) => one.outageSeconds),
    detectMs: median(present(outcomes.map((one) => one.detect.userMs))),
    recoverMs: seriesIn(result, variant.name, 'time-to-recover', { fault: label })?.value ?? null,
    recoverCountedFrom: first.recoverCountedFrom,
    censored: censored.length,
    censoredAtMs: median(present(censored.map((one) => one.recoverCensoredAtMs))),
    metastable: most(outcomes.filter((one) => one.metastable).length, outcomes.length),
    brownOutMs: most(brownOuts.length, outcomes.length) ? mean(brownOuts) : null,
    restarts: mean(done.map(({ measured }) => measured.restarts)),
  };
}

/** Every fault of the result with what it did to each variant that met it. */
export const faultsOf = remember((result: Result): { label: string; views: FaultView[] }[] => {
  const variants = variantsOf(result);
  const labels = [...new Set(result.rounds.flatMap((round) => round.isolation.map((one) => one.label)))];
  return labels
    .map((label) => ({ label, views: present(variants.map((variant) => faultView(result, variant, label))) }))
    .filter((fault) => fault.views.length > 0);
});

/** Endpoints in the order of the application, with their share of traffic. */
export function endpointsByWeight(result: Result): { name: string; title: string; weight: number }[] {
  const weights = endpointWeights(result.application);
  return Object.entries(result.application.endpoints)
    .filter(([name]) => (own(weights, name) ?? 0) > 0)
    .map(([name, endpoint]) => ({ name, title: endpoint.title, weight: own(weights, name) ?? 0 }));
}
