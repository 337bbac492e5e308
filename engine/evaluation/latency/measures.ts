import {
  addCounts,
  decodeTimes,
  emptyCounts,
  mergeHistograms,
  mergeTimes,
  newHistogram,
  own,
  percentile,
  recordedTimes,
  simulatedMsOf,
  type EndpointLoad,
  type LoadMeasurement,
  type MetricName,
  type RequestCounts,
  type RequestTimes,
  type Round,
} from '../../model/index.ts';
import type { Count } from '../../statistics/index.ts';
import { observed, observedPercentile, type Measure, type MeasureContext } from '../measure.ts';

interface Decoded {
  response: RequestTimes;
  service: RequestTimes;
  counts: RequestCounts;
}

// Every percentile of a round asks for the same histograms, and decoding them is most of the work.
const decodedLoads = new WeakMap<LoadMeasurement, Map<string, Decoded>>();
const all = '';

/** The times and counts of one endpoint of a load, or of all together; null where the load has none. */
export function timesOf(load: LoadMeasurement, endpoint: string = all): Decoded | null {
  const known = decodedLoads.get(load) ?? new Map<string, Decoded>();
  decodedLoads.set(load, known);
  const found = known.get(endpoint);
  if (found !== undefined) return found;
  const made = endpoint === all ? merged(load) : decoded(own(load.endpoints, endpoint));
  if (made !== null) known.set(endpoint, made);
  return made;
}

function merged(load: LoadMeasurement): Decoded | null {
  const parts = Object.keys(load.endpoints)
    .map((name) => timesOf(load, name))
    .filter((part) => part !== null);
  if (parts.length === 0) return null;
  return {
    response: mergeTimes(parts.map((part) => part.response)),
    service: mergeTimes(parts.map((part) => part.service)),
    counts: parts.map((part) => part.counts).reduce(addCounts, emptyCounts()),
  };
}

function decoded(load: EndpointLoad | undefined): Decoded | null {
  if (load === undefined) return null;
  const response = decodeTimes(load);
  return {
    response,
    service: decodeTimes({ ...load, responseTime: load.serviceTime, punctualTime: null }),
    counts: load,
  };
}

function time(
  metric: MetricName,
  which: 'response' | 'service',
  q: number,
  scope: Measure['scope'] = {},
  loadOf: (round: Round) => LoadMeasurement | null = ({ latency }) => latency,
): Measure {
  return {
    metric,
    scope,
    read: (round) => {
      const load = loadOf(round);
      const one = load === null ? null : timesOf(load, scope.endpoint);
      return one === null ? null : observedPercentile(percentile(one[which], one.counts, q));
    },
  };
}

/**
 * The median over all requests; where the load was cut into windows, the geometric mean of the windows' medians. Windows of two deployments lie in pairs a few seconds apart,
 * so the difference of such means is the mean over pairs of the difference of the logarithms, and drift that is slower than a pair falls out of it.
 */
const medianOverWindows: Measure = {
  metric: 'response-p50',
  scope: {},
  read: (round) => {
    const whole = time('response-p50', 'response', 0.5).read(round);
    if (round.windows.length === 0 || whole === null) return whole;
    const medians = round.windows.map(({ load }) => {
      const one = timesOf(load);
      return one === null ? null : observedPercentile(percentile(one.response, one.counts, 0.5));
    });
    const known = medians.filter((one) => one !== null);
    return known.length < medians.length
      ? whole
      : {
          value: Math.exp(known.reduce((sum, { value }) => sum + Math.log(value), 0) / known.length),
          censored: known.some(({ censored }) => censored),
        };
  },
};

function good({ latency }: Round): Count | null {
  const one = latency === null ? null : timesOf(latency);
  return one === null || one.counts.scheduled === 0
    ? null
    : { successes: one.counts.good, trials: one.counts.scheduled };
}

const availability: Measure = {
  metric: 'availability',
  scope: {},
  counts: good,
  read: (round) => {
    const counts = good(round);
    return counts === null ? null : observed(counts.successes / counts.trials);
  },
};

/** p95 with what endpoints wait for simulated services taken off; none where nothing is simulated. */
function ownTime({ application, experiment }: MeasureContext): Measure[] {
  if (Object.values(application.endpoints).every(({ simulatedMs }) => simulatedMs === undefined)) return [];
  const tunablesOf = (variant: string) =>
    experiment.variants.find(({ name }) => name === variant)?.settings.tunables ?? {};
  return [
    {
      metric: 'response-p95-own',
      scope: {},
      read: ({ latency, variant }) => {
        const whole = latency === null ? null : timesOf(latency);
        if (latency === null || whole === null) return null;
        const parts = Object.keys(latency.endpoints).flatMap((name) => {
          const one = timesOf(latency, name);
          if (one === null) return [];
          const { answers, failures } = one.response;
          const simulatedMs = simulatedMsOf(application, name, tunablesOf(variant));
          return [{ answers: earlier(answers, simulatedMs), failures }];
        });
        return observedPercentile(percentile(mergeTimes(parts), whole.counts, 0.95));
      },
    },
  ];
}

/** The same times, each by so many ms less. */
function earlier(times: RequestTimes['answers'], ms: number): RequestTimes['answers'] {
  if (ms === 0) return times;
  const moved = newHistogram();
  for (const one of recordedTimes(mergeHistograms([times])))
    moved.recordValueWithCount(Math.max(1, Math.round((one.ms - ms) * 1000)), one.count);
  return moved;
}

/** Response and service times of the fault-free window, over all requests and by endpoint. Percentiles come from the merged histogram of a round, never from averaged ones. */
export function latencyMeasures(context: MeasureContext): Measure[] {
  const { endpoints, experiment } = context;
  const factor = experiment.probes.latency.higher?.factor ?? null;
  const rate = factor === null ? null : { rate: experiment.load.journeysPerSecond * factor };
  const higher = (round: Round) => round.higher?.load ?? null;
  return [
    medianOverWindows,
    time('response-p90', 'response', 0.9),
    time('response-p95', 'response', 0.95),
    time('response-p99', 'response', 0.99),
    time('response-p999', 'response', 0.999),
    ...ownTime(context),
    time('service-p50', 'service', 0.5),
    availability,
    ...endpoints.flatMap((endpoint) => [
      time('response-p50', 'response', 0.5, { endpoint }),
      time('response-p95', 'response', 0.95, { endpoint }),
    ]),
    ...(rate === null
      ? []
      : [time('response-p50', 'response', 0.5, rate, higher), time('response-p95', 'response', 0.95, rate, higher)]),
  ];
}
