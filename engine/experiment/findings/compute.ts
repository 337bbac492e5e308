import {
  chooseRounds,
  settingDifferences,
  type Application,
  type Experiment,
  type Finding,
  type Round,
  type Variant,
  own,
} from '../../model/index.ts';
import {
  boundsSupport,
  furtherBlocks,
  geometricMean,
  judgeFamily,
  mean,
  readable,
  signFlipPValue,
  toHalfWidth,
  type Judgement,
} from '../../statistics/index.ts';
import { allMeasures, type Measure } from './measure/index.ts';
import { pairMeasure, type Pair, type PairedMeasure } from './pair.ts';
import { findingSentence } from './sentence.ts';

export interface FindingInputs {
  experiment: Experiment;
  application: Application;
  rounds: readonly Round[];
  /** Variant names in the order they ran, a list a block. */
  order: readonly (readonly string[])[];
}

/** How the second copy of the baseline is named where it stands for a variant. */
export const replicaName = (variant: string) => `${variant} (again)`;

/**
 * Compares every later variant with the first (the baseline), metric by metric, from the raw rounds alone: the same rounds give the
 * same digits. An experiment with one variant and a noise floor compares the baseline with its own second copy (A/A).
 *
 * Judged together (one Holm family each), for every pair of variants: the headline metrics over all endpoints; and, apart
 * from those, the remaining findings of each probe. The catalogue draws this line, not the result.
 */
export function computeFindings(inputs: FindingInputs): Finding[] {
  const { experiment, rounds } = inputs;
  const [baseline, ...others] = experiment.variants;
  if (baseline === undefined) return [];
  const blocks = Math.max(inputs.order.length, ...rounds.map((round) => round.block + 1), 0);
  const side = (variant: Variant) => ({
    name: variant.name,
    title: variant.title ?? variant.name,
    rounds: chooseRounds(rounds, { variant: variant.name, replica: false }, blocks),
  });
  const replica = chooseRounds(rounds, { variant: baseline.name, replica: true }, blocks);
  const endpoints = Object.keys(inputs.application.endpoints).filter((name) =>
    rounds.some((round) => own(round.latency?.endpoints, name) !== undefined),
  );
  const measures = allMeasures({ experiment, endpoints });
  if (others.length === 0) {
    const again = {
      name: replicaName(baseline.name),
      title: replicaName(baseline.title ?? baseline.name),
      rounds: replica,
    };
    const empty = replica.map(() => null);
    return replica.every((round) => round === null)
      ? []
      : findingsOfPair(inputs, measures, { baseline: side(baseline), variant: again, replica: empty }, []);
  }
  return others.flatMap((variant) =>
    findingsOfPair(
      inputs,
      measures,
      { baseline: side(baseline), variant: side(variant), replica },
      settingDifferences(baseline, variant),
    ),
  );
}

function findingsOfPair(inputs: FindingInputs, measures: Measure[], pair: Pair, declared: string[]): Finding[] {
  const paired = measures.map((measure) => pairMeasure(measure, pair)).filter((one) => one !== null);
  const families = new Map<string, PairedMeasure[]>();
  for (const one of paired) {
    const name = one.metric.headline && one.measure.scope.endpoint === undefined ? 'headline' : one.metric.probe;
    families.set(name, [...(families.get(name) ?? []), one]);
  }
  const judgements = new Map<PairedMeasure, Judgement>();
  for (const family of families.values()) {
    const judged = judgeFamily(
      family.map(({ metric, measure, pairs, noise }) => ({
        scale: metric.scale,
        margin: metric.margin,
        resolution: measure.resolution ?? metric.resolution,
        better: metric.better,
        baseline: pairs.baseline,
        variant: pairs.variant,
        noise,
      })),
    );
    for (const [index, judgement] of judged.entries()) {
      const one = family[index];
      if (one !== undefined) judgements.set(one, judgement);
    }
  }
  return paired.flatMap((one) => {
    const judgement = judgements.get(one);
    return judgement === undefined ? [] : [toFinding(inputs.application, one, judgement, pair, declared)];
  });
}

function toFinding(
  application: Application,
  paired: PairedMeasure,
  judgement: Judgement,
  pair: Pair,
  declared: string[],
): Finding {
  const { metric, measure, pairs } = paired;
  const { effect } = judgement;
  const shown = effect === null ? null : readable(effect);
  const verdict = believable(paired, judgement) ? judgement.verdict : 'inconclusive';
  const both = (block: number) => (pairs.baseline[block] ?? null) !== null && (pairs.variant[block] ?? null) !== null;
  const centre = (values: (number | null)[]) => {
    const own = values.filter((value) => value !== null);
    const common = values.filter((value, block): value is number => value !== null && both(block));
    const used = common.length > 0 ? common : own;
    if (used.length === 0) return null;
    return digits(metric.scale === 'ratio' && used.every((value) => value > 0) ? geometricMean(used) : mean(used));
  };
  const scope = [measure.scope.endpoint, measure.scope.fault].filter((part) => part !== undefined);
  const finding: Omit<Finding, 'sentence'> = {
    id: [pair.variant.name, metric.name, ...scope].join('/'),
    probe: metric.probe,
    metric: metric.name,
    unit: metric.unit,
    scope: measure.scope,
    baseline: { variant: pair.baseline.name, value: centre(pairs.baseline), blocks: pairs.baseline.map(digitsOrNull) },
    variant: { variant: pair.variant.name, value: centre(pairs.variant), blocks: pairs.variant.map(digitsOrNull) },
    effect: shown === null ? null : { kind: metric.scale, value: digits(shown.value) },
    interval: shown?.interval ? { low: digits(shown.interval.low), high: digits(shown.interval.high) } : null,
    noiseFloor: judgement.noiseFloor === null ? null : digits(toHalfWidth(metric.scale, judgement.noiseFloor)),
    margin: metric.margin,
    verdict,
    pValue: digitsOrNull(effect?.pValue ?? null),
    adjustedPValue: digitsOrNull(judgement.adjustedPValue),
    blocksToDecide: furtherBlocks(judgement),
    declared,
  };
  const endpoint = measure.scope.endpoint;
  const sentence = findingSentence({
    finding,
    paired,
    titles: { baseline: pair.baseline.title, variant: pair.variant.title },
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

/** Twelve significant digits: more than was measured, fewer than the last bits in which two processors' logarithms may differ. */
function digits(value: number): number {
  return Number(value.toPrecision(12));
}

function digitsOrNull(value: number | null): number | null {
  return value === null ? null : digits(value);
}
