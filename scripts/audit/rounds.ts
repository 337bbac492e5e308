import { LOST, WRONG } from './probe.ts';
import { badnessOf, probeOf, type Round } from './probes.ts';
import type { ResultFile } from './result-file.ts';
import type { Application, Scope } from './round.ts';

/** Times that cannot be, and units that were changed meanwhile, spoil everything; what a late generator spoils is told by itself. */
const isImpossible = ({ status, latency, reasons = [] }: Round): boolean =>
  status === 'invalid' &&
  (latency?.generator.valid !== false || reasons.some((reason) => /^(impossible times|changed while)/.test(reason)));

/** The number that one deployment of a block has in a part: 0 sound, 1 disturbed, 2 not to be believed, 3 nothing. */
function badness(round: Round | undefined, part: string, application: Application): number {
  if (round === undefined || round.status === 'failed' || round.status === 'cancelled') return LOST;
  return isImpossible(round) ? WRONG : (badnessOf(round, part, application) ?? LOST);
}

/** The attempts that count, by part: worked out of all slices, and asked for by every finding. No result is changed while it is audited. */
const known = new WeakMap<ResultFile, Map<string, readonly (readonly Round[])[]>>();

/** The round that stands for a variant in a part, block by block; null where there is none. */
export function chosenRounds(result: ResultFile, part: string, variant: string, replica: boolean): (Round | null)[] {
  const ofResult = known.get(result) ?? new Map<string, readonly (readonly Round[])[]>();
  known.set(result, ofResult);
  const attempts = ofResult.get(part) ?? chosenAttempts(result, part);
  ofResult.set(part, attempts);
  return attempts.map((those) => {
    const mine = those.find((round) => round.variant === variant && round.replica === replica);
    return mine === undefined || mine.status === 'failed' || mine.status === 'cancelled' ? null : mine;
  });
}

/** One attempt counts for all that a block deploys: that whose worst deployment is least bad, then that with the least trouble in all, then the first. */
function chosenAttempts({ rounds, order, experiment, application }: ResultFile, part: string): Round[][] {
  const blocks = Math.max(order.length, ...rounds.map(({ block }) => block + 1));
  const [baseline] = experiment.variants;
  const deployed = experiment.variants.map(({ name }) => ({ name, again: false }));
  if (experiment.noiseFloor && baseline !== undefined) deployed.push({ name: baseline.name, again: true });
  return Array.from({ length: blocks }, (_, block) => {
    const tries = new Map<number, Round[]>();
    for (const round of rounds)
      if (round.block === block && (round.only?.includes(part) ?? true))
        tries.set(round.attempt, [...(tries.get(round.attempt) ?? []), round]);
    // What no second copy of the baseline has set out to measure is not missing in it.
    const copied = [...tries.values()].flat().some((round) => round.replica);
    const ranked = [...tries].map(([attempt, those]) => {
      const marks = deployed
        .filter(({ again }) => copied || !again)
        .map(({ name, again }) =>
          badness(
            those.find((round) => round.variant === name && round.replica === again),
            part,
            application,
          ),
        );
      return { attempt, those, worst: Math.max(...marks), all: marks.reduce((total, mark) => total + mark, 0) };
    });
    const [best] = ranked.toSorted((a, b) => a.worst - b.worst || a.all - b.all || a.attempt - b.attempt);
    return best?.those ?? [];
  });
}

/** Whether this number of the round is not the application's, so that it is left out where others are sound. */
export function isSpoilt(round: Round, metric: string, scope: Scope): boolean {
  return isImpossible(round) || (probeOf(metric)?.isSpoilt?.(round, metric, scope) ?? false);
}
