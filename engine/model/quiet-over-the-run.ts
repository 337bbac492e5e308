import type { GateCheck, Round } from './result.ts';

/** More rounds than this share that were not quiet are no quiet machine, however it was before the first of them. */
const mostUnquiet = 0.5;

const ended: ReadonlySet<Round['status']> = new Set<Round['status']>(['completed', 'disturbed', 'invalid']);

type WatchedRound = Pick<Round, 'status' | 'latency' | 'quietness'>;

/** What the machine did to a round while its response times were measured, in words; nothing where that was not watched. Pure. */
export function disturbancesOf({ latency, quietness }: Pick<Round, 'latency' | 'quietness'>): string[] {
  return [...(latency?.generator.disturbances ?? []), ...(quietness?.reasons ?? [])];
}

/**
 * The checks with quietness judged by every round that was watched, not by the moment before the first. A round that is invalid shows no quiet
 * machine either; one that measured single faults again was not watched and says nothing. Pure.
 */
export function quietOverTheRun(checks: readonly GateCheck[], rounds: readonly WatchedRound[]): GateCheck[] {
  const watched = rounds.filter(
    ({ status, latency, quietness }) => ended.has(status) && (latency !== null || quietness !== null),
  );
  const disturbed = watched.filter((round) => round.status === 'disturbed' || disturbancesOf(round).length > 0).length;
  const invalid = watched.filter((round) => round.status === 'invalid' && disturbancesOf(round).length === 0).length;
  if (disturbed + invalid === 0) return [...checks];
  const counted = [
    ...(disturbed > 0 ? [`${disturbed} of ${watched.length} watched rounds were disturbed`] : []),
    ...(invalid > 0
      ? [`${invalid} of ${watched.length} watched rounds were invalid, which shows no quiet machine`]
      : []),
  ].join(', ');
  const failed = disturbed + invalid > mostUnquiet * watched.length;
  return checks.map((check) => {
    if (check.name !== 'quiet') return check;
    const status = failed && check.status !== 'declared' ? 'fail' : check.status;
    return { ...check, status, detail: `${counted}; before the first: ${check.detail}` };
  });
}
