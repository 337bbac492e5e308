import type { ProbeName } from './result.ts';

/** What a metric means, for tables, tooltips and judgement. */
export interface Metric {
  name: string;
  probe: ProbeName;
  title: string;
  unit: 'ms' | 's' | 'bytes' | 'requests/s' | 'journeys/s' | 'share' | 'count' | 'cpu-seconds' | 'requests';
  /** Which direction is better for the one who runs the application. */
  better: 'lower' | 'higher';
  /** Positive quantities are compared as ratios, shares and counts that may be zero as differences. */
  scale: 'ratio' | 'difference';
  /** Smallest effect that matters: a share for ratios, in the metric's unit for differences. */
  margin: number;
  /** Step in which values of this metric come, in its unit; absent for continuous ones. */
  resolution?: number;
  /** Headline metrics open the report. */
  headline: boolean;
  definition: string;
}

/** Every metric that can appear in a finding. */
export const metrics = {
  'deployment-time': {
    name: 'deployment-time', probe: 'deployment', title: 'Deployment time', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: true,
    definition: 'From the first call to the engine until the first good request through the entry unit, with images already built.',
  },
  'time-to-ready': {
    name: 'time-to-ready', probe: 'deployment', title: 'Time until every unit is ready', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'From the first call to the engine until the readiness check of the last unit answered 200.',
  },
  'first-request': {
    name: 'first-request', probe: 'deployment', title: 'First request', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'Mean response time of the first request to each endpoint on a fresh deployment.',
  },
  'image-bytes': {
    name: 'image-bytes', probe: 'deployment', title: 'Bytes over the base image', unit: 'bytes', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'Sum over the units of what each image adds to the shared base image.',
  },
  'response-p50': {
    name: 'response-p50', probe: 'latency', title: 'Response time p50', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'Median time from the intended start of a request to its complete answer, over all requests.',
  },
  'response-p90': {
    name: 'response-p90', probe: 'latency', title: 'Response time p90', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: '90th percentile of the response time, counted from the intended start.',
  },
  'response-p95': {
    name: 'response-p95', probe: 'latency', title: 'Response time p95', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: true,
    definition: '95th percentile of the response time, counted from the intended start.',
  },
  'response-p99': {
    name: 'response-p99', probe: 'latency', title: 'Response time p99', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: '99th percentile of the response time, counted from the intended start; shown from 1,000 requests.',
  },
  'response-p999': {
    name: 'response-p999', probe: 'latency', title: 'Response time p99.9', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: '99.9th percentile of the response time, counted from the intended start; shown from 10,000 requests.',
  },
  'service-p50': {
    name: 'service-p50', probe: 'latency', title: 'Service time p50', unit: 'ms', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'Median time from the actual send of a request to its complete answer.',
  },
  availability: {
    name: 'availability', probe: 'latency', title: 'Availability', unit: 'share', better: 'higher', scale: 'difference', margin: 0.005, headline: false,
    definition: 'Good requests over scheduled requests in the fault-free window.',
  },
  'capacity-rate': {
    name: 'capacity-rate', probe: 'capacity', title: 'Capacity', unit: 'journeys/s', better: 'higher', scale: 'ratio', margin: 0.05, headline: true,
    definition: 'Highest rate of journeys at which p95 and availability meet the objective.',
  },
  'capacity-good-per-cpu': {
    name: 'capacity-good-per-cpu', probe: 'capacity', title: 'Good requests per second and CPU', unit: 'requests/s', better: 'higher', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'Good requests per second at capacity over the CPUs the deployment may use.',
  },
  'cpu-per-1000-good': {
    name: 'cpu-per-1000-good', probe: 'resources', title: 'CPU per 1,000 good requests', unit: 'cpu-seconds', better: 'lower', scale: 'ratio', margin: 0.05, headline: true,
    definition: 'CPU seconds of all units over the measured window, per 1,000 good requests.',
  },
  'memory-resident': {
    name: 'memory-resident', probe: 'resources', title: 'Resident memory', unit: 'bytes', better: 'lower', scale: 'ratio', margin: 0.05, headline: true,
    definition: 'Sum over the units of the memory in use at the end of the measured window.',
  },
  'idle-cpu': {
    name: 'idle-cpu', probe: 'resources', title: 'Idle CPU', unit: 'share', better: 'lower', scale: 'difference', margin: 0.005, headline: false,
    definition: 'CPU seconds per second of all units without load.',
  },
  'network-per-1000-good': {
    name: 'network-per-1000-good', probe: 'resources', title: 'Network bytes per 1,000 good requests', unit: 'bytes', better: 'lower', scale: 'ratio', margin: 0.05, headline: false,
    definition: 'Bytes received and sent by all units over the measured window, per 1,000 good requests.',
  },
  'isolation-index': {
    name: 'isolation-index', probe: 'isolation', title: 'Isolation index', unit: 'share', better: 'higher', scale: 'difference', margin: 0.05, headline: true,
    definition: 'One minus the traffic-weighted degradation of the endpoints that do not need the faulted module.',
  },
  'fault-breadth': {
    name: 'fault-breadth', probe: 'isolation', title: 'Breadth of a fault', unit: 'share', better: 'lower', scale: 'difference', margin: 0.05, headline: false,
    definition: 'Share of traffic that goes to endpoints the fault impacts.',
  },
  'fault-severity': {
    name: 'fault-severity', probe: 'isolation', title: 'Severity of a fault', unit: 'share', better: 'lower', scale: 'difference', margin: 0.05, headline: false,
    definition: 'Traffic-weighted share of good requests lost while the fault lasts.',
  },
  'lost-good-requests': {
    name: 'lost-good-requests', probe: 'isolation', title: 'Lost good requests', unit: 'requests', better: 'lower', scale: 'difference', margin: 5, resolution: 1, headline: false,
    definition: 'Good requests missing against the baseline rate, from the effect of the fault to the end of the observation.',
  },
  'time-to-recover': {
    name: 'time-to-recover', probe: 'isolation', title: 'Time to recover', unit: 'ms', better: 'lower', scale: 'difference', margin: 500, headline: false,
    definition: 'From the effect (self-healing faults) or the undo until availability and p95 are back; censored when not reached.',
  },
  'storm-good-share': {
    name: 'storm-good-share', probe: 'isolation', title: 'Good requests through a retry storm', unit: 'share', better: 'higher', scale: 'difference', margin: 0.05, headline: false,
    definition: 'Good over scheduled requests from the beginning of spike and fault until the end of the observation.',
  },
  'retry-amplification': {
    name: 'retry-amplification', probe: 'isolation', title: 'Retry amplification', unit: 'count', better: 'lower', scale: 'difference', margin: 0.1, headline: false,
    definition: 'Calls that the faulted module receives for each request that needs it, over the same before the storm.',
  },
  'storm-recovery': {
    name: 'storm-recovery', probe: 'isolation', title: 'Recovery from a retry storm', unit: 'ms', better: 'lower', scale: 'difference', margin: 500, headline: false,
    definition: 'From the end of spike and fault until availability and p95 are back; censored when not reached (metastable).',
  },
  'orders-wrong': {
    name: 'orders-wrong', probe: 'consistency', title: 'Orders that went wrong', unit: 'count', better: 'lower', scale: 'difference', margin: 0.5, headline: true,
    definition: 'Lost, duplicated, phantom and stuck orders after quiescence.',
  },
  'invariants-broken': {
    name: 'invariants-broken', probe: 'consistency', title: 'Broken invariants', unit: 'count', better: 'lower', scale: 'difference', margin: 0.5, headline: false,
    definition: 'Declared invariants of the application (stock, money) that do not hold after quiescence.',
  },
  'remote-calls-per-journey': {
    name: 'remote-calls-per-journey', probe: 'hops', title: 'Remote calls per journey', unit: 'count', better: 'lower', scale: 'difference', margin: 0.5, headline: false,
    definition: 'Mean number of calls between units that one journey makes, from sampled traces.',
  },
  'network-time-per-journey': {
    name: 'network-time-per-journey', probe: 'hops', title: 'Network time per journey', unit: 'ms', better: 'lower', scale: 'difference', margin: 0.5, headline: false,
    definition: 'Time that calls between units spend outside both units, per journey, from sampled traces.',
  },
} as const satisfies Record<string, Metric>;
export type MetricName = keyof typeof metrics;

/** The metric of that name. Throws when the catalogue has none. */
export function metricOf(name: string): Metric {
  const metric = (metrics as Record<string, Metric>)[name];
  if (metric === undefined) throw new Error(`unknown metric "${name}"`);
  return metric;
}
