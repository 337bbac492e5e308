import {
  questionAt,
  type AnswersMeasurement,
  type Experiment,
  type KeptDifference,
  type Language,
  type Round,
} from '../../model/index.ts';
import { isAskedAlike, referencesIn } from './reference.ts';

/** A question that was answered in two ways. */
export interface ToldQuestion {
  /** From 1. */
  number: number;
  operation: string;
  /** JSON. */
  body: string;
  /** What came, in short; null where that was not kept. */
  baseline: string | null;
  variant: string | null;
}

/** What the answers of a variant are beside those of the baseline: counted over all of their deployments, not estimated. */
export interface AnswersComparison {
  variant: string;
  module: string;
  unit: string;
  language: Language;
  /** Deployments that were asked, of the baseline and of the variant. */
  deployments: { baseline: number; variant: number };
  questions: number;
  /** Of all questions in all deployments of the variant. */
  good: number;
  refused: number;
  notAnswered: number;
  /** Questions that were answered in more than one way by deployments with the same data. */
  other: number;
  /** Of those, how many deployments of one variant with the same data answered in more than one way. */
  unsteady: number;
  /** Questions that some of these deployments did not answer. */
  unanswered: number;
  first: ToldQuestion | null;
  /** What a contract is not kept in, over the variant's deployments, each once. */
  contract: KeptDifference[];
  /** Why the contract's examples were not all asked; null where they were. */
  contractNotAsked: string | null;
  /** `same`: all questions of all these deployments were answered, and alike, and the variant keeps the contract. `not-comparable`: not all were asked the same. */
  verdict: 'same' | 'other' | 'not-answered' | 'not-comparable';
}

/** Holds the answers of every variant against the baseline's, and the baseline's against themselves. Nothing where no module was asked. Pure. */
export function compareAnswers(experiment: Experiment, rounds: readonly Round[]): AnswersComparison[] {
  const [first] = experiment.variants;
  const references = referencesIn(experiment, rounds);
  if (first === undefined || references.size === 0) return [];
  const of = (variant: string): Asked[] =>
    rounds.flatMap(({ variant: name, answers, seed }) =>
      name === variant && answers != null ? [{ answers, seed }] : [],
    );
  const before = of(first.name);
  return experiment.variants.flatMap(({ name }) => {
    const after = of(name);
    return after.length === 0 ? [] : [compare(name, references, before, after)];
  });
}

/** What one deployment answered, and the seed of its data. */
interface Asked {
  answers: AnswersMeasurement;
  seed: number;
}

function compare(
  variant: string,
  references: ReadonlyMap<number, AnswersMeasurement>,
  before: readonly Asked[],
  after: readonly Asked[],
): AnswersComparison {
  const all = [...before, ...after];
  const [any] = references.values();
  const [one = any] = after.map(({ answers }) => answers);
  if (any === undefined || one === undefined) throw new Error('nothing was asked');
  const seeds = [...new Set(all.map(({ seed }) => seed))];
  const ways = (asked: readonly Asked[], index: number, seed: number): number =>
    new Set(asked.flatMap(({ answers, seed: of }) => (of === seed ? (answers.digests[index] ?? []) : []))).size;
  const several = (asked: readonly Asked[], index: number): boolean =>
    seeds.some((seed) => ways(asked, index, seed) > 1);
  const numbers = any.digests.map((_, index) => index);
  const other = numbers.filter((index) => several(all, index));
  const unsteady = other.filter((index) => several(before, index) || several(after, index));
  const unanswered = numbers.filter((index) => all.some(({ answers }) => (answers.digests[index] ?? null) === null));
  // Who has data that the baseline never had is held against nothing.
  const alike = all.every(({ answers, seed }) => references.has(seed) && isAskedAlike(any, answers));
  const [index] = other;
  const contract = distinct(after.flatMap(({ answers }) => answers.contract.differences));
  const total = (what: 'good' | 'refused' | 'notAnswered') =>
    after.reduce((sum, { answers }) => sum + answers[what], 0);
  return {
    ...{ variant, module: one.module, unit: one.unit, language: one.language },
    deployments: { baseline: before.length, variant: after.length },
    questions: numbers.length,
    ...{ good: total('good'), refused: total('refused'), notAnswered: total('notAnswered') },
    ...{ other: other.length, unsteady: unsteady.length, unanswered: unanswered.length },
    first: index === undefined || !alike ? null : told(index, references, [...after, ...before]),
    contract,
    contractNotAsked:
      after.find(({ answers }) => answers.contract.notAsked !== null)?.answers.contract.notAsked ?? null,
    verdict: !alike
      ? 'not-comparable'
      : other.length > 0
        ? 'other'
        : unanswered.length > 0
          ? 'not-answered'
          : contract.length > 0
            ? 'other'
            : 'same',
  };
}

/** The question, the first that answered otherwise than the baseline with the same data, and what that answered. */
function told(
  index: number,
  references: ReadonlyMap<number, AnswersMeasurement>,
  others: readonly Asked[],
): ToldQuestion | null {
  const differing = others.find(({ answers, seed }) => answers.digests[index] !== references.get(seed)?.digests[index]);
  const reference = differing === undefined ? undefined : references.get(differing.seed);
  if (reference === undefined) return null;
  return {
    number: index + 1,
    ...questionAt(reference.examples, reference.seed, index),
    baseline: reference.told[index] ?? null,
    variant: differing?.answers.told[index] ?? null,
  };
}

function distinct(differences: readonly KeptDifference[]): KeptDifference[] {
  const seen = new Map(differences.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
