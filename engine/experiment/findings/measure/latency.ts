import {
  addCounts,
  decodeHistogram,
  emptyCounts,
  mergeHistograms,
  percentile,
  type EndpointLoad,
  type LoadMeasurement,
  type MetricName,
  type RequestCounts,
  type Round,
  own,
} from '../../../model/index.ts';
import { observed, observedPercentile, type Measure, type MeasureContext } from './measure.ts';

interface Merged {
  response: ReturnType<typeof mergeHistograms>;
  service: ReturnType<typeof mergeHistograms>;
  counts: RequestCounts;
}

// Every percentile of a round asks for the same histograms, and decoding them is most of the work.
const decodedLoads = new WeakMap<LoadMeasurement, Map<string, Merged>>();

/** The times and counts of one endpoint, or of all together; null where the load has none. */
function merged(load: LoadMeasurement, endpoint?: string): Merged | null {
  const known = decodedLoads.get(load) ?? new Map<string, Merged>();
  decodedLoads.set(load, known);
  const names = endpoint === undefined ? Object.keys(load.endpoints) : [endpoint];
  const parts = names
    .map((name) => known.get(name) ?? decoded(own(load.endpoints, name)))
    .filter((part) => part !== null);
  if (parts.length === 0) return null;
  const key = endpoint ?? '';
  const made =
    endpoint === undefined
      ? (known.get(key) ?? {
          response: mergeHistograms(parts.map((part) => part.response)),
          service: mergeHistograms(parts.map((part) => part.service)),
          counts: parts.map((part) => part.counts).reduce(addCounts, emptyCounts()),
        })
      : (parts[0] ?? null);
  if (made !== null) known.set(key, made);
  return made;
}

function decoded(load: EndpointLoad | undefined): Merged | null {
  if (load === undefined) return null;
  return { response: decodeHistogram(load.responseTime), service: decodeHistogram(load.serviceTime), counts: load };
}

function time(metric: MetricName, which: 'response' | 'service', q: number, endpoint?: string): Measure {
  return {
    metric,
    scope: endpoint === undefined ? {} : { endpoint },
    read: ({ latency }: Round) => {
      const one = latency === null ? null : merged(latency, endpoint);
      return one === null ? null : observedPercentile(percentile(one[which], one.counts, q));
    },
  };
}

const availability: Measure = {
  metric: 'availability',
  scope: {},
  read: ({ latency }) => {
    const one = latency === null ? null : merged(latency);
    return one === null || one.counts.scheduled === 0 ? null : observed(one.counts.good / one.counts.scheduled);
  },
};

/** Response and service times of the fault-free window, over all requests and by endpoint. Percentiles come from the merged histogram, never from averaged ones. */
export function latencyMeasures({ endpoints }: MeasureContext): Measure[] {
  return [
    time('response-p50', 'response', 0.5),
    time('response-p90', 'response', 0.9),
    time('response-p95', 'response', 0.95),
    time('response-p99', 'response', 0.99),
    time('response-p999', 'response', 0.999),
    time('service-p50', 'service', 0.5),
    availability,
    ...endpoints.flatMap((endpoint) => [
      time('response-p50', 'response', 0.5, endpoint),
      time('response-p95', 'response', 0.95, endpoint),
    ]),
  ];
}
