import {
  censoredCount,
  decodeHistogram,
  decodeTimes,
  loadPlanSchema,
  newHistogram,
  rankedQuantile,
  samplesNeeded,
  timesCount,
  type Errors,
  type GeneratorHealth,
  type LoadMeasurement,
  type LoadPlan,
  type RequestTimes,
} from '../model/index.ts';
import { loopbackUrl } from './loopback.ts';
import { runLoad } from './run-load.ts';

export interface StandaloneLoad {
  /** Plain http on this machine's loopback. */
  url: string;
  /** Requests a second, up to 100,000. */
  ratePerSecond: number;
  /** Seconds, up to 3,600. */
  durationS: number;
  arrivals: 'poisson' | 'constant';
  seed: number;
}

/** Percentiles, ms; null without a single sample. */
export interface TimeSummary {
  p50: number | null;
  p90: number | null;
  p99: number | null;
  p999: number | null;
  max: number | null;
}

export interface StandaloneReport extends StandaloneLoad {
  scheduled: number;
  good: number;
  late: number;
  dropped: number;
  errors: Errors;
  /** From the intended start: what a user waits. */
  responseTimeMs: TimeSummary;
  /** From the actual send. */
  serviceTimeMs: TimeSummary;
  /** Percentiles, of either time, that so many failures reach that they are only lower bounds. */
  onlyAtLeast: string[];
  /** Percentiles with fewer than ten samples above them, failures counted; they may be lower bounds too. */
  fewSamples: string[];
  generator: GeneratorHealth;
}

const QUANTILES = { p50: 0.5, p90: 0.9, p99: 0.99, p999: 0.999, max: 1 };
const ENDPOINT = 'target';
const DEADLINE_MS = 1000;
/** A late answer is still waited for that long, so that the tail is measured and not cut. */
const ABANDON_MS = 30_000;

/** Runs the generator alone against one address of this machine. Throws one sentence for an address elsewhere or bad numbers. */
export async function runStandaloneLoad(load: StandaloneLoad): Promise<StandaloneReport> {
  const plan = standalonePlan(load);
  return reportOf(load, await runLoad(plan, { abandonAfterMs: ABANDON_MS }));
}

function standalonePlan(load: StandaloneLoad): LoadPlan {
  const url = loopbackUrl(load.url);
  // What looks like a variable of a journey is none here; a path has no braces but encoded ones.
  const path = (url.pathname + url.search).replaceAll('{', '%7B');
  const status = Array.from({ length: 100 }, (_, index) => 200 + index);
  const parsed = loadPlanSchema.safeParse({
    baseUrl: url.origin,
    journeys: {
      [ENDPOINT]: {
        title: 'One request',
        weight: 1,
        steps: [{ endpoint: ENDPOINT, path, expect: { status } }],
      },
    },
    stages: [{ journeysPerSecond: load.ratePerSecond, durationMs: Math.round(load.durationS * 1000) }],
    arrivals: load.arrivals,
    seed: load.seed,
    deadlineMs: DEADLINE_MS,
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`The load is not valid: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`);
}

function reportOf(load: StandaloneLoad, measurement: LoadMeasurement): StandaloneReport {
  const target = measurement.endpoints[ENDPOINT];
  if (target === undefined) throw new Error('The load has measured nothing.');
  const { responseTime, punctualTime: _, failureAge, serviceTime, ...counts } = target;
  const response = decodeTimes({ responseTime, failureAge });
  const service = { answers: decodeHistogram(serviceTime), failures: withoutAge(censoredCount(counts)) };
  const total = timesCount(response);
  return {
    ...load,
    ...counts,
    responseTimeMs: summaryOf(response),
    serviceTimeMs: summaryOf(service),
    onlyAtLeast: names(({ q }) => rankedQuantile(response, q)?.atLeast === true),
    fewSamples: names(({ name, q }) => name !== 'max' && total < samplesNeeded(q)),
    generator: measurement.generator,
  };
}

/** Requests without an answer: how long one would have taken is not known at all. */
function withoutAge(count: number): RequestTimes['failures'] {
  const failures = newHistogram();
  if (count > 0) failures.recordValueWithCount(0, count);
  return failures;
}

function names(wanted: (quantile: { name: string; q: number }) => boolean): string[] {
  return Object.entries(QUANTILES).flatMap(([name, q]) => (wanted({ name, q }) ? [name] : []));
}

/** Over all requests, failures ranked last. */
function summaryOf(times: RequestTimes): TimeSummary {
  const at = (q: number) => rankedQuantile(times, q)?.ms ?? null;
  const { p50, p90, p99, p999, max } = QUANTILES;
  return { p50: at(p50), p90: at(p90), p99: at(p99), p999: at(p999), max: at(max) };
}
