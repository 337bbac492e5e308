import type { Round } from './result.ts';

/** The round that stands for one place of the order, and how good it is. */
export interface ChosenRound {
  round: Round;
  /** `invalid`: the generator was late or could not keep up, and no repeat was left; `disturbed`: the machine was not quiet and no repeat was left. */
  quality: 'good' | 'disturbed' | 'invalid';
}

const rank = { good: 0, disturbed: 1, invalid: 2 } as const;
const quality = { completed: 'good', disturbed: 'disturbed', invalid: 'invalid' } as const;

/**
 * The round of each block for one variant (or its A/A copy): a completed attempt if there is one; a disturbed, then an invalid one only when
 * no repeat was left; among equals the last. Failed and cancelled rounds never count. Null where a block has none.
 */
export function chooseRounds(
  rounds: readonly Round[],
  place: { variant: string; replica: boolean },
  blocks: number,
): (ChosenRound | null)[] {
  const chosen: (ChosenRound | null)[] = Array.from({ length: blocks }, () => null);
  const usable = rounds
    .filter((round) => round.variant === place.variant && round.replica === place.replica && round.block < blocks)
    .toSorted((a, b) => a.attempt - b.attempt);
  for (const round of usable) {
    const { status, block } = round;
    if (status === 'failed' || status === 'cancelled') continue;
    const held = chosen[block];
    const next = { round, quality: quality[status] };
    if (held === null || held === undefined || rank[next.quality] <= rank[held.quality]) chosen[block] = next;
  }
  return chosen;
}
