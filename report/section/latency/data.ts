import { timesOf } from '../../../engine/evaluation/index.ts';
import {
  errorCount,
  percentile,
  rankedQuantile,
  timesCount,
  type LoadMeasurement,
  type Result,
} from '../../../engine/model/index.ts';
import { geometricMean, present, sum } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** One quantile as it may be shown. */
export interface Quantile {
  q: number;
  /** Metric of that name, where there is one for these requests. */
  metric: string | null;
  /** ms, the average over the rounds; null where no round has enough requests behind it. */
  ms: number | null;
  /** True where so many requests failed that the value is only a lower bound. */
  atLeast: boolean;
  /** True where it is the average of windows and not the percentile of all their requests together, so that it lies beside the curve of those. */
  ofWindows: boolean;
}

export interface LoadSummary {
  variant: VariantView;
  /** The endpoint; undefined: all requests. */
  endpoint: string | undefined;
  scheduled: number;
  good: number;
  late: number;
  dropped: number;
  errors: number;
  availability: number | null;
  quantiles: Quantile[];
  /** The loads that the quantiles are of, one a round. */
  loads: LoadMeasurement[];
}

export const shownQuantiles = [
  { q: 0.5, metric: 'response-p50' },
  { q: 0.9, metric: 'response-p90' },
  { q: 0.95, metric: 'response-p95' },
  { q: 0.99, metric: 'response-p99' },
  { q: 0.999, metric: 'response-p999' },
] as const;

function summarize(result: Result, variant: VariantView, endpoint?: string): LoadSummary {
  const all = present(variant.roundsOf('latency').map((round) => round.latency));
  const scope = endpoint === undefined ? {} : { endpoint };
  const inWindows = variant.roundsOf('latency').some((round) => (round?.windows.length ?? 0) > 0);
  const counts = present(all.map((load) => timesOf(load, endpoint)?.counts));
  const total = (pick: (one: (typeof counts)[number]) => number): number => sum(counts.map(pick));
  const [scheduled, good] = [total((one) => one.scheduled), total((one) => one.good)];
  const quantileLoads = present(
    (seriesIn(result, variant.name, 'response-p95')?.rounds ?? []).map((round) => round?.latency),
  );
  const loads = quantileLoads.length > 0 ? quantileLoads : all;
  return {
    ...{ variant, endpoint, scheduled, good, loads },
    late: total((one) => one.late),
    dropped: total((one) => one.dropped),
    errors: total((one) => errorCount(one.errors)),
    availability:
      endpoint === undefined
        ? (seriesIn(result, variant.name, 'availability')?.value ?? null)
        : scheduled > 0
          ? good / scheduled
          : null,
    quantiles: shownQuantiles.map(({ q, metric }): Quantile => {
      const series = seriesIn(result, variant.name, metric, scope);
      const ofWindows = metric === 'response-p50' && endpoint === undefined && inWindows;
      if (series !== undefined) return { q, metric, ms: series.value, atLeast: series.atLeast, ofWindows };
      return { q, metric: null, ...averageQuantile(loads, q, endpoint), ofWindows: false };
    }),
  };
}

/** The quantile of each round, averaged as the findings are; rounds with too few requests are left out. */
function averageQuantile(loads: readonly LoadMeasurement[], q: number, endpoint?: string) {
  const found = loads.flatMap((load) => {
    const times = timesOf(load, endpoint);
    const one = times === null ? null : percentile(times.response, times.counts, q);
    return one === null || one.kind === 'tooFew' ? [] : [one];
  });
  return {
    ms: geometricMean(found.map((one) => one.ms)),
    atLeast: found.some((one) => one.kind === 'atLeast'),
  };
}

/** All requests of each variant. */
export const overallLoad = remember((result: Result): LoadSummary[] =>
  variantsOf(result).map((variant) => summarize(result, variant)),
);

/** The same by endpoint, in the order of the application. */
export const loadByEndpoint = remember((result: Result): { endpoint: string; summaries: LoadSummary[] }[] => {
  const variants = variantsOf(result);
  const measured = new Set(
    variants.flatMap(({ roundsOf }) =>
      roundsOf('latency').flatMap((round) => Object.keys(round.latency?.endpoints ?? {})),
    ),
  );
  return [...measured].map((endpoint) => ({
    endpoint,
    summaries: variants.map((variant) => summarize(result, variant, endpoint)),
  }));
});

/**
 * Points of a percentile curve: x is the number of nines, -log10(1 - q), from p10 as far as the requests of one round allow. Each is the average over the rounds, as in
 * tables and findings; the curve ends where failures begin.
 */
export function percentileCurve({ loads, endpoint }: Pick<LoadSummary, 'loads' | 'endpoint'>) {
  const rounds = present(loads.map((load) => timesOf(load, endpoint)?.response)).filter((one) => timesCount(one) > 0);
  const points: { x: number; q: number; ms: number }[] = [];
  if (rounds.length === 0) return points;
  const fewest = Math.min(...rounds.map(timesCount));
  for (let x = -Math.log10(0.9); x <= 4.001; x += 0.05) {
    const q = 1 - 10 ** -x;
    if (fewest * (1 - q) < 10 - 1e-6) break;
    const values = present(rounds.map((times) => rankedQuantile(times, q)));
    if (values.some((value) => value.atLeast)) break;
    const ms = geometricMean(values.map((value) => value.ms));
    if (ms !== null) points.push({ x, q, ms });
  }
  return points;
}
