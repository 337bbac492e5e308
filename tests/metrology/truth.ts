import { arrivalTimes, type ArrivalPlan } from '../../engine/load/index.ts';
import { releaseOf, type TargetSettings, type TargetTruth } from './target.ts';

/** The value that a share `q` of the values does not exceed. */
export function quantileOf(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length - 1e-9) - 1)] ?? Number.NaN;
}

/** Every instant at which the plan has a request due, ms since the epoch. */
export function intendedStarts(plan: ArrivalPlan, startedAtMs: number): number[] {
  const next = arrivalTimes(plan);
  const starts: number[] = [];
  for (let at = next(); Number.isFinite(at); at = next()) starts.push(startedAtMs + at);
  return starts;
}

/** Response times as the server knows them: from each intended start to the answer it wrote. It answers in order. */
export function serverTruth(plan: ArrivalPlan, startedAtMs: number, truth: TargetTruth): number[] {
  const starts = intendedStarts(plan, startedAtMs);
  return truth.answersMs.map((answerMs, index) => answerMs - (starts[index] ?? Number.NaN));
}

/** Response times by exact simulation: every request comes at its intended start, and the target does as it is set. */
export function simulatedTruth(
  plan: ArrivalPlan,
  startedAtMs: number,
  settings: TargetSettings,
  stallAnchorMs: number,
): number[] {
  return intendedStarts(plan, startedAtMs).map((atMs) => releaseOf(atMs, settings, stallAnchorMs) - atMs);
}

/**
 * The quantile `q` of response times when a share of all arrivals, evenly spread, meets a stall of `stallMs` and waits for its end:
 * p_q = L (1 - (1 - q) / f), on top of the service time.
 */
export function stallQuantileMs(q: number, stallMs: number, share: number, serviceMs: number): number {
  return serviceMs + Math.max(0, stallMs * (1 - (1 - q) / share));
}
