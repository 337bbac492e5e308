import type { Result } from './result.ts';

/**
 * How long measuring a result took, ms: from its beginning to its end, without the time that lay between where it was continued later. Where it was interrupted, its last round is the
 * end that is known.
 */
export function measuredMs({
  startedAt,
  endedAt,
  sittings,
  rounds,
}: Pick<Result, 'startedAt' | 'endedAt' | 'sittings' | 'rounds'>): number {
  if (sittings.length === 0) return Date.parse(endedAt) - Date.parse(startedAt);
  return sittings.reduce((sum, sitting, index) => {
    const beganMs = Date.parse(sitting.startedAt);
    const next = sittings[index + 1];
    if (next === undefined) return sum + Math.max(0, Date.parse(endedAt) - beganMs);
    const ends = rounds
      .filter(({ block }) => block >= sitting.fromBlock && block < next.fromBlock)
      .map(({ startedAtMs, durationMs }) => startedAtMs + durationMs);
    return sum + Math.max(beganMs, ...ends) - beganMs;
  }, 0);
}
