import { own, type EndpointLoad, type Errors, type Result } from '../../engine/model/index.ts';
import { enoughFor, mergeTimes, type Times } from '../histogram.ts';
import { sum } from './numbers.ts';
import { remember } from './remember.ts';
import { variantsOf, type VariantView } from './variants.ts';

/** One quantile as it may be shown. */
export interface Quantile {
  q: number;
  /** ms; null where too few samples are behind it. */
  ms: number | null;
  /** True where so many requests failed that the value is only a lower bound. */
  atLeast: boolean;
}

export interface LoadSummary {
  variant: VariantView;
  scheduled: number;
  good: number;
  late: number;
  dropped: number;
  errors: number;
  availability: number | null;
  times: Times | null;
  quantiles: Quantile[];
}

export const shownQuantiles = [0.5, 0.9, 0.95, 0.99, 0.999] as const;

function errorCount(errors: Errors): number {
  return sum(Object.values(errors));
}

/** A quantile with its rules: enough samples, and a lower bound where requests that never ended well reach it. */
export function quantile(times: Times | null, q: number, failedShare: number): Quantile {
  if (times === null || !enoughFor(q, times.count)) return { q, ms: null, atLeast: false };
  return { q, ms: times.quantileMs(q), atLeast: failedShare >= 1 - q };
}

function summarize(variant: VariantView, loads: EndpointLoad[]): LoadSummary {
  const total = (pick: (load: EndpointLoad) => number): number => sum(loads.map(pick));
  const [scheduled, good, late] = [
    total((load) => load.scheduled),
    total((load) => load.good),
    total((load) => load.late),
  ];
  const times = mergeTimes(loads.map((load) => load.responseTime));
  const failedShare = scheduled > 0 ? (scheduled - good - late) / scheduled : 0;
  return {
    ...{ variant, scheduled, good, late, times },
    dropped: total((load) => load.dropped),
    errors: total((load) => errorCount(load.errors)),
    availability: scheduled > 0 ? good / scheduled : null,
    quantiles: shownQuantiles.map((q) => quantile(times, q, failedShare)),
  };
}

/** All requests of each variant, its rounds merged. */
export const overallLoad = remember((result: Result): LoadSummary[] => {
  return variantsOf(result).map((variant) =>
    summarize(
      variant,
      variant.rounds.flatMap((round) => Object.values(round.latency?.endpoints ?? {})),
    ),
  );
});

/** The same by endpoint, in the order of the application. */
export const loadByEndpoint = remember((result: Result): { endpoint: string; summaries: LoadSummary[] }[] => {
  const variants = variantsOf(result);
  const measured = new Set(
    variants.flatMap(({ rounds }) => rounds.flatMap((round) => Object.keys(round.latency?.endpoints ?? {}))),
  );
  return [...measured].map((endpoint) => ({
    endpoint,
    summaries: variants.map((variant) =>
      summarize(
        variant,
        variant.rounds.flatMap((round) => own(round.latency?.endpoints, endpoint) ?? []),
      ),
    ),
  }));
});

/** Points of a percentile curve: x is the number of nines, -log10(1 - q), from p10 as far as samples allow. */
export function percentileCurve(times: Times): { x: number; q: number; ms: number }[] {
  const points: { x: number; q: number; ms: number }[] = [];
  for (let x = -Math.log10(0.9); x <= 4.001; x += 0.05) {
    const q = 1 - 10 ** -x;
    if (!enoughFor(q, times.count)) break;
    points.push({ x, q, ms: times.quantileMs(q) });
  }
  return points;
}
