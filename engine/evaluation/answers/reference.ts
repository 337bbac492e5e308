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

/** What the first deployment of the baseline answered, which all others are held against; null where none was asked. */
export function referenceOf({ variants }: Experiment, rounds: readonly Round[]): AnswersMeasurement | null {
  const asked = rounds
    .filter(({ variant, replica, answers }) => variant === variants[0]?.name && !replica && answers != null)
    .toSorted((a, b) => a.block - b.block || a.attempt - b.attempt);
  return asked[0]?.answers ?? null;
}

/** The questions that were answered otherwise than in the reference, or not at all, in either; null where something else was asked. */
export function otherAnswers(reference: AnswersMeasurement, answers: AnswersMeasurement): number[] | null {
  if (!isAskedAlike(reference, answers)) return null;
  return answers.digests.flatMap((digest, index) =>
    digest === null || digest !== reference.digests[index] ? [index] : [],
  );
}
