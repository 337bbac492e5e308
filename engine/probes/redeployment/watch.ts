import type { Clock } from '../../clock/index.ts';
import { own, type LineEndpoint, type LineSlice, type ReleaseAlarm } from '../../model/index.ts';
import { evidenceOfSurplus } from '../../statistics/index.ts';
import type { SliceTrack } from '../track.ts';

/** How long a release is watched once it is there, at least, ms. */
const leastWatchedMs = 3000;
/** How much longer than the deadline: what hangs is known to be bad when that is over, and nothing later is before it. */
const beyondDeadlineMs = 2000;
/** What of an endpoint's requests may go bad, and what may be slow, without anybody minding. */
const allowed = { errors: 0.02, slow: 0.1 } as const;
/** An answer is slow that takes more than this many times the median of before, and that many ms at least. */
const slowFactor = 10;
const leastSlowMs = 100;
/** How likely a release that does nothing bad is to be taken back. */
const falseAlarm = 0.001;
/** Where more went bad before, so many times as much may. */
const usualFactor = 2;
/** How often it is looked at, ms. */
const everyMs = 50;

/**
 * What is wrong with a release, by the requests that were due since; null while nothing is sure to be. Availability and response time of each endpoint by the same test, which may be
 * asked as often as one likes. `endpoints`: all that may be asked; `before`: of the same load, before the edit. Pure.
 */
export function alarmOf(
  endpoints: readonly string[],
  before: readonly LineSlice[],
  since: readonly LineSlice[],
): ReleaseAlarm | null {
  const enough = (endpoints.length * Object.keys(allowed).length) / falseAlarm;
  for (const endpoint of endpoints) {
    const now = partsOf(since, endpoint);
    const asked = sum(now.map(({ scheduled }) => scheduled));
    const bad = asked - sum(now.map(({ good }) => good));
    const usualBad = shareBad(partsOf(before, endpoint));
    if (evidenceOfSurplus({ bad, asked }, Math.max(allowed.errors, usualFactor * usualBad)) >= enough)
      return { endpoint, what: 'errors', bad, asked };
    const usual = partsOf(before, endpoint).flatMap(({ answersMs }) => answersMs);
    const limitMs = Math.max(leastSlowMs, slowFactor * (median(usual) ?? Infinity));
    const answers = now.flatMap(({ answersMs }) => answersMs);
    const slow = { bad: answers.filter((ms) => ms > limitMs).length, asked: answers.length };
    if (evidenceOfSurplus(slow, allowed.slow) >= enough) return { endpoint, what: 'slow', ...slow };
  }
  return null;
}

/** Watches until something is wrong, or the time is over: null. Rejects with the signal's reason. */
export async function watchRelease(
  track: SliceTrack,
  {
    clock,
    endpoints,
    editAtMs,
    forMs,
    signal,
  }: { clock: Clock; endpoints: readonly string[]; editAtMs: number; forMs: number; signal: AbortSignal },
): Promise<ReleaseAlarm | null> {
  const fromMs = clock.nowMs();
  const before = track.between(0, editAtMs);
  for (;;) {
    const alarm = alarmOf(endpoints, before, track.between(fromMs, Infinity));
    if (alarm !== null) return alarm;
    if (clock.nowMs() - fromMs >= forMs) return null;
    await clock.delay(everyMs, signal);
  }
}

/** How long a release is watched under a load with this deadline, ms. */
export const watchedMs = (deadlineMs: number): number => Math.max(leastWatchedMs, deadlineMs + beyondDeadlineMs);

function shareBad(parts: readonly LineEndpoint[]): number {
  const asked = sum(parts.map(({ scheduled }) => scheduled));
  return asked === 0 ? 0 : 1 - sum(parts.map(({ good }) => good)) / asked;
}

const partsOf = (slices: readonly LineSlice[], endpoint: string): LineEndpoint[] =>
  slices.flatMap(({ endpoints }) => own(endpoints, endpoint) ?? []);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
