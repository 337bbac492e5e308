import type { Slice } from './round.ts';

/** The requests of one endpoint (or of all) in some slices. */
export interface Asked {
  scheduled: number;
  good: number;
  notReached: number;
  answersMs: number[];
  failuresMs: number[];
}

/** The slices that lie wholly in the span; a ms over its end is rounding. */
export function slicesWithin(slices: readonly Slice[], fromMs: number, untilMs: number): Slice[] {
  return slices.filter(({ startMs, lengthMs }) => startMs >= fromMs && startMs + lengthMs <= untilMs + 1);
}

/** The slices with any part in the span: the ones that straddle its ends count in full. */
export function slicesTouching(slices: readonly Slice[], fromMs: number, untilMs: number): Slice[] {
  return slices.filter(({ startMs, lengthMs }) => startMs + lengthMs > fromMs && startMs < untilMs);
}

/** Adds up the slices, of one endpoint or of all. */
export function askedIn(slices: readonly Slice[], endpoint?: string): Asked {
  const sum: Asked = { scheduled: 0, good: 0, notReached: 0, answersMs: [], failuresMs: [] };
  for (const slice of slices)
    for (const [name, one] of Object.entries(slice.endpoints)) {
      if (endpoint !== undefined && endpoint !== name) continue;
      sum.scheduled += one.scheduled;
      sum.good += one.good;
      sum.notReached += one.notReached ?? 0;
      sum.answersMs.push(...one.answersMs);
      sum.failuresMs.push(...one.failuresMs);
    }
  sum.answersMs.sort((one, other) => one - other);
  sum.failuresMs.sort((one, other) => one - other);
  return sum;
}

/** What users wanted: scheduled and not reached. */
export function wantedOf({ scheduled, notReached }: Asked): number {
  return scheduled + notReached;
}

/** Nearest rank among the answers, failures ranked behind them at their age; null without requests. */
export function quantileOf({ answersMs, failuresMs }: Asked, q: number): number | null {
  const total = answersMs.length + failuresMs.length;
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(q * total - 1e-9));
  const answer = answersMs[rank - 1];
  if (answer !== undefined) return answer;
  return Math.max(answersMs.at(-1) ?? 0, failuresMs[rank - 1 - answersMs.length] ?? 0);
}

/** How many requests took longer than the bound, failed ones among them. */
export function aboveBound({ answersMs, failuresMs }: Asked, boundMs: number): number {
  return answersMs.filter((ms) => ms > boundMs).length + failuresMs.length;
}
