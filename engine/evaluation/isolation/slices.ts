import { own, type Errors, type LineEndpoint, type LineSlice } from '../../model/index.ts';

/** The slices that lie wholly within the span. A ms over its end is rounding. */
export function within(slices: readonly LineSlice[], fromMs: number, untilMs: number): LineSlice[] {
  return slices.filter((slice) => slice.startMs >= fromMs && slice.startMs + slice.lengthMs <= untilMs + 1);
}

/** The slices that have any part in the span: one that straddles a moment counts in full on the later side of it. */
export function touching(slices: readonly LineSlice[], fromMs: number, untilMs: number): LineSlice[] {
  return slices.filter((slice) => slice.startMs + slice.lengthMs > fromMs && slice.startMs < untilMs);
}

/** The requests of one endpoint over slices, or those of all endpoints. */
export interface Tally {
  scheduled: number;
  good: number;
  notReached: number;
  errors: Errors;
  /** Ms, ascending. */
  answersMs: number[];
  failuresMs: number[];
}

/** One endpoint's requests over `slices`, or all endpoints' when none is named. */
export function tallyOf(slices: readonly LineSlice[], endpoint?: string): Tally {
  const errors: Errors = { status: 0, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };
  const tally: Tally = { scheduled: 0, good: 0, notReached: 0, errors, answersMs: [], failuresMs: [] };
  for (const part of partsOf(slices, endpoint)) {
    tally.scheduled += part.scheduled;
    tally.good += part.good;
    tally.notReached += part.notReached;
    for (const kind of Object.keys(errors) as (keyof Errors)[]) errors[kind] += part.errors[kind] ?? 0;
    tally.answersMs.push(...part.answersMs);
    tally.failuresMs.push(...part.failuresMs);
  }
  tally.answersMs.sort((a, b) => a - b);
  tally.failuresMs.sort((a, b) => a - b);
  return tally;
}

function partsOf(slices: readonly LineSlice[], endpoint: string | undefined): LineEndpoint[] {
  return slices.flatMap((slice) =>
    endpoint === undefined ? Object.values(slice.endpoints) : (own(slice.endpoints, endpoint) ?? []),
  );
}

/** Share of scheduled requests that were good; null without requests. */
export function availability({ scheduled, good }: { scheduled: number; good: number }): number | null {
  return scheduled === 0 ? null : good / scheduled;
}

/** Requests that users wanted: those made and those that were not reached. */
export function wanted({ scheduled, notReached }: { scheduled: number; notReached: number }): number {
  return scheduled + notReached;
}

/** Share of the time that the machine withheld from the generator, 0 to 1; null without slices. */
export function withheldShare(slices: readonly LineSlice[]): number | null {
  const lengthMs = slices.reduce((sum, slice) => sum + slice.lengthMs, 0);
  return lengthMs === 0 ? null : slices.reduce((sum, slice) => sum + slice.withheldMs, 0) / lengthMs;
}

/** The time that a share `q` of all requests does not exceed, failures ranked behind every answer, ms; where it falls among them, a lower bound. Null without requests. */
export function tallyQuantile(
  { answersMs, failuresMs }: Pick<Tally, 'answersMs' | 'failuresMs'>,
  q: number,
): { ms: number; atLeast: boolean } | null {
  const total = answersMs.length + failuresMs.length;
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(q * total - 1e-9));
  const answer = answersMs[rank - 1];
  if (answer !== undefined) return { ms: answer, atLeast: false };
  const age = failuresMs[rank - answersMs.length - 1] ?? 0;
  return { ms: Math.max(age, answersMs.at(-1) ?? 0), atLeast: true };
}
