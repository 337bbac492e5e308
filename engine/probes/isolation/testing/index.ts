import { encodeHistogram, newHistogram, recordMs, type LoadSlice } from '../../../model/index.ts';
import { tracked, type TrackedSlice } from '../track.ts';

export interface FakeTraffic {
  scheduled: number;
  good: number;
  latencyMs: number;
  notReached?: number;
}

/** A slice in which every request of an endpoint took the same time. For tests. */
export function slice(startMs: number, endpoints: Record<string, FakeTraffic>, lengthMs = 250): LoadSlice {
  return {
    index: Math.round(startMs / lengthMs),
    startMs,
    lengthMs,
    withheldMs: 0,
    endpoints: Object.fromEntries(
      Object.entries(endpoints).map(([name, { scheduled, good, latencyMs, notReached = 0 }]) => {
        const histogram = newHistogram();
        for (let request = 0; request < scheduled; request += 1) recordMs(histogram, latencyMs);
        const errors = { status: scheduled - good, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };
        const responseTime = encodeHistogram(histogram);
        return [name, { scheduled, good, late: 0, dropped: 0, errors, responseTime, notReached }];
      }),
    ),
  };
}

/** Slices one after another, each made by `traffic` from its start. For tests. */
export function slices(
  fromMs: number,
  untilMs: number,
  traffic: (startMs: number) => Record<string, FakeTraffic>,
): TrackedSlice[] {
  const made: TrackedSlice[] = [];
  for (let startMs = fromMs; startMs < untilMs; startMs += 250) made.push(tracked(slice(startMs, traffic(startMs))));
  return made;
}
