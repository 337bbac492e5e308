import {
  addCounts,
  emptyCounts,
  mergeHistograms,
  percentile,
  type EndpointLoad,
  type LoadMeasurement,
  type MetricName,
  type RequestCounts,
  type Round,
} from '../../../model/index.ts';
import { observed, observedPercentile, type Measure, type MeasureContext } from './measure.ts';

interface Merged {
  response: ReturnType<typeof mergeHistograms>;
  service: ReturnType<typeof mergeHistograms>;
  counts: RequestCounts;
}

// Every percentile of a round asks for the same sum of the same histograms.
const mergedLoads = new WeakMap<LoadMeasurement, Map<string, Merged>>();

function merged(load: LoadMeasurement, endpoint?: string): Merged | null {
  const chosen = endpoint === undefined ? Object.values(load.endpoints) : [load.endpoints[endpoint]];
  const endpoints = chosen.filter((one): one is EndpointLoad => one !== undefined);
  if (endpoints.length === 0) return null;
  const known = mergedLoads.get(load) ?? new Map<string, Merged>();
  mergedLoads.set(load, known);
  const key = endpoint ?? '';
  const made = known.get(key) ?? {
    response: mergeHistograms(endpoints.map((one) => one.responseTime)),
    service: mergeHistograms(endpoints.map((one) => one.serviceTime)),
    counts: endpoints.reduce<RequestCounts>(addCounts, emptyCounts()),
  };
  known.set(key, made);
  return made;
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
