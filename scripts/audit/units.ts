/** In what the values of each metric are told. */
export const UNITS: Readonly<Record<string, string>> = {
  ...{ 'deployment-time': 'ms', 'time-to-ready': 'ms', 'first-request': 'ms', 'image-bytes': 'bytes' },
  ...{ 'response-p50': 'ms', 'response-p90': 'ms', 'response-p95': 'ms', 'response-p99': 'ms', 'response-p999': 'ms' },
  ...{ 'response-p95-own': 'ms', 'service-p50': 'ms', availability: 'share' },
  ...{ 'capacity-rate': 'journeys/s', 'capacity-good-per-cpu': 'requests/s' },
  ...{ 'cpu-per-1000-good': 'cpu-seconds', 'memory-resident': 'bytes', 'idle-cpu': 'share' },
  'network-per-1000-good': 'bytes',
  ...{
    'lost-good-requests': 'requests',
    'isolation-index': 'share',
    'fault-breadth': 'share',
    'fault-severity': 'share',
  },
  'time-to-recover': 'ms',
  ...{ 'orders-wrong': 'count', 'invariants-broken': 'count' },
  ...{ 'remote-calls-per-journey': 'count', 'network-time-per-journey': 'ms' },
  ...{ 'storm-good-share': 'share', 'retry-amplification': 'count', 'storm-recovery': 'ms' },
};
