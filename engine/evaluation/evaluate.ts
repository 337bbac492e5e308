import { own, type Application, type Experiment, type Part, type Round } from '../model/index.ts';
import { allMeasures, type ProbeMeasure } from './all-measures.ts';
import { chooseRounds, type ChosenRound, type Place } from './choose.ts';
import { overCommonBlocks, seriesOf, type Series } from './series.ts';

export interface EvaluationInputs {
  experiment: Experiment;
  application: Application;
  rounds: readonly Round[];
  /** Variant names in the order they ran, a list a block. */
  order: readonly (readonly string[])[];
  rules?: 1 | 2;
}

/** One variant with every measure of it. */
export interface EvaluatedVariant {
  name: string;
  title: string;
  /** The second copy of the baseline (A/A). */
  replica: boolean;
  /** The round of each block that stands for it in a part; null where there is none. What was measured again stands in another round than the rest. */
  roundsOf: (part: Part) => (Round | null)[];
  series: Series[];
}

export interface Evaluation {
  measures: ProbeMeasure[];
  variants: EvaluatedVariant[];
  replica: EvaluatedVariant | null;
}

/** Everything that is deployed in a block: the variants in their order, and last the second copy of the baseline where there is one. */
export function placesOf({ variants, noiseFloor }: Experiment): Place[] {
  const [baseline] = variants;
  return [
    ...variants.map(({ name }) => ({ variant: name, replica: false })),
    ...(noiseFloor && baseline !== undefined ? [{ variant: baseline.name, replica: true }] : []),
  ];
}

/** How the second copy of the baseline is named where it stands for a variant. */
export const replicaName = (variant: string) => `${variant} (again)`;

const known = new WeakMap<readonly Round[], WeakMap<Experiment, Map<string, Evaluation>>>();

/** Reads every measure of every variant from the raw rounds. The same rounds give the same digits; what was read once is kept with the rounds. */
export function evaluate(inputs: EvaluationInputs): Evaluation {
  const { experiment, application, rounds, order, rules = 2 } = inputs;
  const blocks = Math.max(order.length, ...rounds.map((round) => round.block + 1), 0);
  const key = JSON.stringify([blocks, rules]);
  const ofRounds = known.get(rounds) ?? new WeakMap<Experiment, Map<string, Evaluation>>();
  known.set(rounds, ofRounds);
  const kept = ofRounds.get(experiment) ?? new Map<string, Evaluation>();
  ofRounds.set(experiment, kept);
  const found = kept.get(key);
  if (found !== undefined) return found;
  const endpoints = Object.keys(application.endpoints).filter((name) =>
    rounds.some((round) => own(round.latency?.endpoints, name) !== undefined),
  );
  const measures = allMeasures({ experiment, application, endpoints, rounds });
  const places = placesOf(experiment);
  const chosenByPart = new Map<Part, (ChosenRound | null)[][]>();
  const chosenOf = (place: number, part: Part): (ChosenRound | null)[] => {
    const all = chosenByPart.get(part) ?? chooseRounds({ rounds, application, places, rules }, part, blocks);
    chosenByPart.set(part, all);
    return all[place] ?? Array.from({ length: blocks }, () => null);
  };
  const variant = (place: number, name: string, title: string, replica: boolean): EvaluatedVariant => ({
    name: replica ? replicaName(name) : name,
    title: replica ? replicaName(title) : title,
    replica,
    roundsOf: (part) => chosenOf(place, part).map((one) => one?.round ?? null),
    series: measures.map((measure) => seriesOf(measure, chosenOf(place, measure.part), rules)),
  });
  const [baseline] = experiment.variants;
  const variants = experiment.variants.map(({ name, title }, index) => variant(index, name, title ?? name, false));
  const replica =
    baseline === undefined
      ? null
      : variant(experiment.variants.length, baseline.name, baseline.title ?? baseline.name, true);
  const evaluation: Evaluation = { measures, ...(rules === 1 ? { variants, replica } : comparable(variants, replica)) };
  kept.set(key, evaluation);
  return evaluation;
}

/** Every measure over the blocks in which all that is compared has it: the variants, or one and its second copy. */
function comparable(
  variants: readonly EvaluatedVariant[],
  replica: EvaluatedVariant | null,
): Pick<Evaluation, 'variants' | 'replica'> {
  const [only, ...others] = variants;
  if (only === undefined || others.length > 0 || replica === null) return { variants: inCommon(variants), replica };
  const [first = only, second = replica] = inCommon([only, replica]);
  return { variants: [first], replica: second };
}

/** Every measure over the blocks in which all of these have it. */
function inCommon(variants: readonly EvaluatedVariant[]): EvaluatedVariant[] {
  const columns = (variants[0]?.series ?? []).map((_, index) =>
    overCommonBlocks(variants.flatMap(({ series }) => series[index] ?? [])),
  );
  return variants.map((variant, place) => ({ ...variant, series: columns.flatMap((column) => column[place] ?? []) }));
}
