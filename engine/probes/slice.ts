import { errorCount, mergeHistograms, quantileMs, type LoadSlice, type SliceSummary } from '../model/index.ts';

/** One slice over all endpoints, for the live charts. */
export function summarizeSlice(slice: LoadSlice): SliceSummary {
  const endpoints = Object.values(slice.endpoints);
  const histogram = mergeHistograms(endpoints.map((endpoint) => endpoint.responseTime));
  const sum = (of: (endpoint: (typeof endpoints)[number]) => number) =>
    endpoints.reduce((total, endpoint) => total + of(endpoint), 0);
  return {
    startMs: slice.startMs,
    lengthMs: slice.lengthMs,
    scheduled: sum((endpoint) => endpoint.scheduled),
    good: sum((endpoint) => endpoint.good),
    errors: sum((endpoint) => errorCount(endpoint.errors)),
    p50Ms: quantileMs(histogram, 0.5),
    p95Ms: quantileMs(histogram, 0.95),
    p99Ms: quantileMs(histogram, 0.99),
  };
}
