import type { AnswersMeasurement, Experiment, Round } from '../../model/index.ts';

/** Whether two deployments were asked the same. */
export function isAskedAlike(one: AnswersMeasurement, other: AnswersMeasurement): boolean {
  return (
    one.module === other.module &&
    one.seed === other.seed &&
    one.digests.length === other.digests.length &&
    JSON.stringify(one.examples) === JSON.stringify(other.examples)
  );
}

/**
 * What the baseline answered the first time with the data of a seed, which all others with those data are held against: each block has data of its own. By seed; empty where it was never asked.
 */
export function referencesIn(
  { variants }: Experiment,
  rounds: readonly Round[],
): ReadonlyMap<number, AnswersMeasurement> {
  const references = new Map<number, AnswersMeasurement>();
  const asked = rounds.toSorted((a, b) => a.block - b.block || a.attempt - b.attempt);
  for (const { variant, replica, answers, seed } of asked)
    if (variant === variants[0]?.name && !replica && answers != null && !references.has(seed))
      references.set(seed, answers);
  return references;
}

/** The questions that were answered otherwise than in the reference, or not at all, in either; null where something else was asked. */
export function otherAnswers(reference: AnswersMeasurement, answers: AnswersMeasurement): number[] | null {
  if (!isAskedAlike(reference, answers)) return null;
  return answers.digests.flatMap((digest, index) =>
    digest === null || digest !== reference.digests[index] ? [index] : [],
  );
}
