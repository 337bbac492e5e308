import { measures, type Application, type Part, type Round } from '../model/index.ts';
import { conditionOf, conditionRank, counts, type Condition } from './condition.ts';

/** What is deployed once in every block: a variant, or the second copy of the baseline. */
export interface Place {
  variant: string;
  replica: boolean;
}

/** The round that stands for one place of a block in one part, and how far that part can be trusted. */
export interface ChosenRound {
  round: Round;
  condition: Condition;
}

/** One attempt at a part in every place of a block. */
export interface Attempt {
  /** In the order of the places; null where a place has no round that gives numbers. */
  chosen: (ChosenRound | null)[];
  /** Of the place that came off worst. */
  worst: Condition;
}

/** What attempts at a part are chosen from. `rules`: version 1 chose for every place on its own, and among equals the last. */
export interface ChoiceInputs {
  rounds: readonly Round[];
  application: Application;
  places: readonly Place[];
  rules?: 1 | 2;
}

/**
 * The attempt at a part of a block that counts: the same one for every place, so that what is compared was measured side by side, and the one whose
 * worst place is best; among equals the first. Null where nothing was tried.
 */
export function chooseAttempt(inputs: ChoiceInputs, part: Part, block: number): Attempt | null {
  const { rounds, application, places } = inputs;
  const tried = rounds.filter((round) => round.block === block && measures(round.only, part));
  // The second copy of the baseline is spared some parts, and those are not missing there.
  const copied = tried.some(({ replica }) => replica);
  const counted = places.map(({ replica }) => copied || !replica);
  let best: (Attempt & { rank: number }) | null = null;
  for (const number of [...new Set(tried.map(({ attempt }) => attempt))].toSorted((a, b) => a - b)) {
    const chosen = places.map((place): ChosenRound | null => {
      const round = tried.find(
        ({ attempt, variant, replica }) => attempt === number && variant === place.variant && replica === place.replica,
      );
      return round === undefined || !counts(round) ? null : { round, condition: conditionOf(round, part, application) };
    });
    const conditions = chosen.flatMap((one, place) => (counted[place] === true ? [one?.condition ?? 'missing'] : []));
    const ranks = conditions.map((condition) => conditionRank[condition]);
    const worst = Math.max(...ranks);
    // Where one place is lost whatever was tried, the others decide.
    const rank = worst * 100 + ranks.reduce((sum, one) => sum + one, 0);
    if (best === null || rank < best.rank || (inputs.rules === 1 && rank === best.rank))
      best = { chosen, worst: conditions[ranks.indexOf(worst)] ?? 'missing', rank };
  }
  return best;
}

/** The rounds that stand for each place in a part, a list a place with one entry a block; null where a block has none. */
export function chooseRounds(inputs: ChoiceInputs, part: Part, blocks: number): (ChosenRound | null)[][] {
  const { places, rules = 2 } = inputs;
  const groups = rules === 1 ? places.map((place) => [place]) : [places];
  return groups.flatMap((group) => {
    const attempts = Array.from({ length: blocks }, (_, block) =>
      chooseAttempt({ ...inputs, places: group, rules }, part, block),
    );
    return group.map((_, index) => attempts.map((attempt) => attempt?.chosen[index] ?? null));
  });
}
