import {
  questionAt,
  type AnswersMeasurement,
  type Experiment,
  type KeptDifference,
  type Language,
  type Round,
} from '../../model/index.ts';
import { isAskedAlike, referenceOf } from './reference.ts';

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
  /** Questions that were answered in more than one way by all of these deployments together. */
  other: number;
  /** Of those, how many deployments of one variant answered in more than one way. */
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
  const reference = referenceOf(experiment, rounds);
  if (first === undefined || reference === null) return [];
  const of = (variant: string): AnswersMeasurement[] =>
    rounds.flatMap((round) => (round.variant === variant && round.answers != null ? [round.answers] : []));
  const before = of(first.name);
  return experiment.variants.flatMap(({ name }) => {
    const after = of(name);
    return after.length === 0 ? [] : [compare(name, reference, before, after)];
  });
}

function compare(
  variant: string,
  reference: AnswersMeasurement,
  before: readonly AnswersMeasurement[],
  after: readonly AnswersMeasurement[],
): AnswersComparison {
  const [one = reference] = after;
  const all = [...before, ...after];
  const ways = (asked: readonly AnswersMeasurement[], index: number): Set<string> =>
    new Set(asked.flatMap(({ digests }) => digests[index] ?? []));
  const numbers = reference.digests.map((_, index) => index);
  const other = numbers.filter((index) => ways(all, index).size > 1);
  const unsteady = other.filter((index) => ways(before, index).size > 1 || ways(after, index).size > 1);
  const unanswered = numbers.filter((index) => all.some(({ digests }) => (digests[index] ?? null) === null));
  const alike = all.every((asked) => isAskedAlike(reference, asked));
  const [index] = other;
  const contract = distinct(after.flatMap((asked) => asked.contract.differences));
  const total = (what: 'good' | 'refused' | 'notAnswered') => after.reduce((sum, asked) => sum + asked[what], 0);
  return {
    ...{ variant, module: one.module, unit: one.unit, language: one.language },
    deployments: { baseline: before.length, variant: after.length },
    questions: numbers.length,
    ...{ good: total('good'), refused: total('refused'), notAnswered: total('notAnswered') },
    ...{ other: other.length, unsteady: unsteady.length, unanswered: unanswered.length },
    first: index === undefined || !alike ? null : told(index, reference, [...after, ...before]),
    contract,
    contractNotAsked: after.find((asked) => asked.contract.notAsked !== null)?.contract.notAsked ?? null,
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

/** The question, what the reference answered, and the first that answered otherwise. */
function told(index: number, reference: AnswersMeasurement, others: readonly AnswersMeasurement[]): ToldQuestion {
  const differing = others.find(({ digests }) => digests[index] !== reference.digests[index]);
  return {
    number: index + 1,
    ...questionAt(reference.examples, reference.seed, index),
    baseline: reference.told[index] ?? null,
    variant: differing?.told[index] ?? null,
  };
}

function distinct(differences: readonly KeptDifference[]): KeptDifference[] {
  const seen = new Map(differences.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
