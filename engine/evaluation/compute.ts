import { own, seenDifferences, settingDifferences, type Application, type Finding, type Look } from '../model/index.ts';
import {
  boundsSupport,
  centre,
  judgeFamily,
  openEnd,
  readAs,
  signFlipPValue,
  type Judgement,
} from '../statistics/index.ts';
import { digits, digitsOrNull } from './digits.ts';
import { evaluate, type EvaluatedVariant, type Evaluation, type EvaluationInputs } from './evaluate.ts';
import { familyOf, pairSeries, whyAbsent, type PairedMeasure } from './pair.ts';
import { findingSentence } from './sentence.ts';

/** What findings are computed from: the raw rounds, and the looks that were taken at them, of which this is the last; none where they are looked at once. */
export interface FindingInputs extends Omit<EvaluationInputs, 'rules'> {
  looks: readonly Look[];
}

/**
 * Compares every later variant with the first (the baseline), metric by metric, from the raw rounds alone: the same rounds give the
 * same digits. An experiment with one variant and a noise floor compares the baseline with its own second copy (A/A).
 *
 * Judged together (one family each), for every pair of variants: the headlines of a question (`familyOf`), and apart from those its details.
 */
export function computeFindings(inputs: FindingInputs): Finding[] {
  const { experiment } = inputs;
  const evaluation = evaluate(inputs);
  const [first, ...others] = experiment.variants;
  const [baseline, ...variants] = evaluation.variants;
  const { replica } = evaluation;
  if (first === undefined || baseline === undefined || replica === null) return [];
  if (others.length === 0) {
    const nothing = {
      ...replica,
      series: replica.series.map((one) => ({ ...one, values: one.values.map(() => null) })),
    };
    return replica.roundsOf('deployment').every((round) => round === null)
      ? []
      : findingsOfPair(inputs, evaluation, { baseline, variant: replica, replica: nothing, declared: [] });
  }
  return variants.flatMap((variant, index) => {
    const other = others[index];
    const declared =
      other === undefined
        ? []
        : [
            ...settingDifferences(first, other),
            ...seenDifferences(experiment, inputs.rounds, first.name, other.name),
          ].toSorted();
    return findingsOfPair(inputs, evaluation, { baseline, variant, replica, declared });
  });
}

interface Sides {
  baseline: EvaluatedVariant;
  variant: EvaluatedVariant;
  replica: EvaluatedVariant;
  declared: string[];
}

function findingsOfPair(inputs: FindingInputs, { measures }: Evaluation, sides: Sides): Finding[] {
  const { application } = inputs;
  const paired = measures.flatMap((_, index) => {
    const side = ({ series, roundsOf }: EvaluatedVariant) => {
      const one = series[index];
      return one === undefined
        ? null
        : { series: one, absent: whyAbsent(one, roundsOf(one.measure.part), application) };
    };
    const [before, after, again] = [side(sides.baseline), side(sides.variant), side(sides.replica)];
    if (before === null || after === null || again === null) return [];
    const pair = pairSeries(before, after, again.series);
    return pair === null ? [] : [pair];
  });
  const families = new Map<string, PairedMeasure[]>();
  for (const one of paired) {
    const { metric, measure } = one.baseline;
    const name = familyOf(metric.family, metric.headline, measure.scope);
    families.set(name, [...(families.get(name) ?? []), one]);
  }
  const judged = new Map<PairedMeasure, { judgement: Judgement; family: string }>();
  for (const [name, family] of families) {
    const judgements = judgeFamily(family.map(comparisonOf), { looks: inputs.looks });
    for (const [index, judgement] of judgements.entries()) {
      const one = family[index];
      if (one !== undefined) judged.set(one, { judgement, family: name });
    }
  }
  return paired.flatMap((one) => {
    const found = judged.get(one);
    return found === undefined ? [] : [toFinding(application, one, found, sides)];
  });
}

function comparisonOf({ baseline, pairs, noise, counts }: PairedMeasure) {
  const { metric, measure, scale, values } = baseline;
  return {
    scale,
    margin: metric.margin,
    resolution: measure.resolution ?? metric.resolution,
    better: metric.better,
    baseline: pairs.baseline,
    variant: pairs.variant,
    // Not the figure that is shown, whose last digit an arcsine near all or nothing makes much of.
    baselineCentre: centre(
      scale,
      values.flatMap((one) => (one === null ? [] : [one.value])),
    ),
    noise,
    counts,
    constant: metric.constant,
  };
}

function toFinding(
  application: Application,
  paired: PairedMeasure,
  { judgement, family }: { judgement: Judgement; family: string },
  { baseline, variant, declared }: Sides,
): Finding {
  const { metric, measure, scale } = paired.baseline;
  const { effect, interval, value } = judgement;
  const scope = [
    measure.scope.endpoint,
    measure.scope.fault,
    measure.scope.change,
    ...(measure.scope.rate === undefined ? [] : [`${measure.scope.rate}/s`]),
  ].filter((part) => part !== undefined);
  const blocksOf = ({ values }: PairedMeasure['baseline']) => values.map((one) => digitsOrNull(one?.value ?? null));
  const finding: Omit<Finding, 'sentence'> = {
    id: [variant.name, metric.name, ...scope].join('/'),
    probe: metric.probe,
    metric: metric.name,
    unit: metric.unit,
    scope: measure.scope,
    family,
    method: judgement.method,
    baseline: { variant: baseline.name, value: digitsOrNull(paired.baseline.value), blocks: blocksOf(paired.baseline) },
    variant: { variant: variant.name, value: digitsOrNull(paired.variant.value), blocks: blocksOf(paired.variant) },
    effect: value === null ? null : { kind: readAs(scale), value: digits(value) },
    interval: interval === null ? null : { low: digits(interval.low), high: digits(interval.high) },
    level: digitsOrNull(judgement.level),
    openEnd: paired.unsound ? 'both' : openEnd(paired.pairs),
    otherDeployments: digitsOrNull(judgement.otherDeployments),
    noiseFloor: digitsOrNull(judgement.noiseFloor),
    noisePairs: judgement.noisePairs,
    margin: metric.margin,
    verdict: believable(paired, judgement) ? judgement.verdict : 'inconclusive',
    pValue: judgement.method === 't' ? digitsOrNull(effect?.pValue ?? null) : null,
    adjustedPValue: digitsOrNull(judgement.adjustedPValue),
    declared,
  };
  const endpoint = measure.scope.endpoint;
  const sentence = findingSentence({
    finding,
    paired,
    titles: { baseline: baseline.title, variant: variant.title },
    endpointTitle: endpoint === undefined ? undefined : (own(application.endpoints, endpoint)?.title ?? endpoint),
    // Below six blocks the exact test cannot reach 0.05; far above, the patterns are too many to enumerate.
    permutationPValue:
      effect !== null && effect.changes.length >= 6 && effect.changes.length <= 16
        ? signFlipPValue(effect.changes)
        : null,
  });
  return { ...finding, sentence };
}

/** Whether a verdict may stand although some values are only bounds, or the generator shaped them. */
function believable({ pairs, unsound }: PairedMeasure, { verdict, effect }: Judgement): boolean {
  if (verdict === 'inconclusive' || effect === null) return true;
  if (unsound) return false;
  return boundsSupport(pairs, verdict === 'equivalent' ? 'same' : effect.mean > 0 ? 'rise' : 'fall');
}
