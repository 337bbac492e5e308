import type { LineSlice } from '../../../model/index.ts';

export interface FakeTraffic {
  scheduled: number;
  good: number;
  latencyMs: number;
  notReached?: number;
}

/** A slice in which every request of an endpoint took the same time. For tests. */
export function slice(startMs: number, endpoints: Record<string, FakeTraffic>, lengthMs = 250): LineSlice {
  return {
    startMs,
    lengthMs,
    withheldMs: 0,
    endpoints: Object.fromEntries(
      Object.entries(endpoints).map(([name, { scheduled, good, latencyMs, notReached = 0 }]) => [
        name,
        {
          ...{ scheduled, good, notReached, errors: scheduled > good ? { status: scheduled - good } : {} },
          answersMs: Array.from({ length: good }, () => latencyMs),
          failuresMs: Array.from({ length: scheduled - good }, () => latencyMs),
        },
      ]),
    ),
  };
}

/** Slices one after another, each made by `traffic` from its start. For tests. */
export function slices(
  fromMs: number,
  untilMs: number,
  traffic: (startMs: number) => Record<string, FakeTraffic>,
): LineSlice[] {
  const made: LineSlice[] = [];
  for (let startMs = fromMs; startMs < untilMs; startMs += 250) made.push(slice(startMs, traffic(startMs)));
  return made;
}
