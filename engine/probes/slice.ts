import {
  decodeTimes,
  emptyErrors,
  errorCount,
  recordedTimes,
  type Errors,
  type LineSlice,
  type LoadSlice,
  type SliceSummary,
} from '../model/index.ts';

/** A slice with its histograms unpacked, once for all who look at it; as it is kept in the round. */
export function lineSlice(slice: LoadSlice): LineSlice {
  return {
    startMs: slice.startMs,
    lengthMs: slice.lengthMs,
    withheldMs: slice.withheldMs,
    endpoints: Object.fromEntries(
      Object.entries(slice.endpoints).map(([name, part]) => {
        const { answers, failures } = decodeTimes(part);
        return [
          name,
          {
            scheduled: part.scheduled,
            good: part.good,
            notReached: part.notReached,
            errors: occurred(part.errors),
            answersMs: listed(answers),
            failuresMs: failures === null ? [] : listed(failures),
          },
        ];
      }),
    ),
  };
}

function listed(histogram: ReturnType<typeof decodeTimes>['answers']): number[] {
  return recordedTimes(histogram).flatMap(({ ms, count }) => Array.from({ length: count }, () => ms));
}

function occurred(errors: Errors): Partial<Errors> {
  return Object.fromEntries(Object.entries(errors).filter(([, count]) => count > 0));
}

/** One slice over all endpoints, for the live charts. */
export function summarizeSlice({ startMs, lengthMs, endpoints }: LineSlice): SliceSummary {
  const all = Object.values(endpoints);
  const sum = (of: (endpoint: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
  const answersMs = all.flatMap((one) => one.answersMs).toSorted((a, b) => a - b);
  const failuresMs = all.flatMap((one) => one.failuresMs).toSorted((a, b) => a - b);
  const at = (q: number) => rankedMs(answersMs, failuresMs, q);
  return {
    startMs,
    lengthMs,
    scheduled: sum((one) => one.scheduled),
    good: sum((one) => one.good),
    errors: sum((one) => errorCount({ ...emptyErrors(), ...one.errors })),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}

/** `rankedQuantile` of times that are listed, both ascending: failures rank behind every answer. Null without requests. */
function rankedMs(answersMs: readonly number[], failuresMs: readonly number[], q: number): number | null {
  const total = answersMs.length + failuresMs.length;
  const rank = Math.min(total, Math.max(1, Math.floor(q * total + 0.5)));
  const answerMs = answersMs[Math.min(rank, answersMs.length) - 1];
  if (rank <= answersMs.length) return answerMs ?? null;
  const ageMs = failuresMs[rank - answersMs.length - 1];
  return ageMs === undefined ? null : Math.max(ageMs, answerMs ?? 0);
}
