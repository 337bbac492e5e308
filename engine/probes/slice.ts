import {
  decodeTimes,
  errorCount,
  mergeTimes,
  rankedQuantile,
  type LoadSlice,
  type SliceSummary,
} from '../model/index.ts';

/** One slice over all endpoints, for the live charts. */
export function summarizeSlice(slice: LoadSlice): SliceSummary {
  const endpoints = Object.values(slice.endpoints);
  const times = mergeTimes(endpoints.map((endpoint) => decodeTimes(endpoint)));
  const at = (q: number) => rankedQuantile(times, q)?.ms ?? null;
  const sum = (of: (endpoint: (typeof endpoints)[number]) => number) =>
    endpoints.reduce((total, endpoint) => total + of(endpoint), 0);
  return {
    startMs: slice.startMs,
    lengthMs: slice.lengthMs,
    scheduled: sum((endpoint) => endpoint.scheduled),
    good: sum((endpoint) => endpoint.good),
    errors: sum((endpoint) => errorCount(endpoint.errors)),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}
