import { metricOf, type ChosenRound, type Metric } from '../../model/index.ts';
import { censoredPairs, type CensoredPairs, type Observation } from '../../statistics/index.ts';
import type { Measure } from './measure/index.ts';
import { qualityOf, type Quality } from './quality.ts';

/** Two variants whose rounds are compared block by block. */
export interface Pair {
  baseline: Side;
  variant: Side;
  /** A/A: the baseline and its second copy in the same block. */
  replica: (ChosenRound | null)[];
}

export interface Side {
  name: string;
  /** As shown to people. */
  title: string;
  rounds: (ChosenRound | null)[];
}

/** One metric of a pair, ready to be judged, with everything that has to be said about its blocks. */
export interface PairedMeasure {
  measure: Measure;
  metric: Metric;
  pairs: CensoredPairs;
  noise: { first: number | null; second: number | null }[];
  /** Blocks left out because the generator, not the application, shaped the number. */
  leftOut: number;
  /** The same, but with too few other blocks to leave them out: nothing is decided on them. */
  unsound: boolean;
  /** Blocks that rest on a round in which the machine was not quiet, no repeat being left. */
  disturbed: number;
  /** Why a side never had the fault at all, for example because it cannot happen in its shape; null where it had. */
  absent: { baseline: string | null; variant: string | null };
}

/** Fewer sound pairs than this, and unsound ones are shown (but decide nothing) instead of left out. */
const leastSound = 2;

/** Reads one measure from the rounds of both sides; null when neither side ever had a value. */
export function pairMeasure(measure: Measure, pair: Pair): PairedMeasure | null {
  const metric = metricOf(measure.metric);
  const read = (rounds: (ChosenRound | null)[]) =>
    rounds.map((chosen) => (chosen === null ? null : measure.read(chosen.round)));
  const baseline = read(pair.baseline.rounds);
  const variant = read(pair.variant.rounds);
  if ([...baseline, ...variant].every((value) => value === null)) return null;
  const absent = { baseline: whyAbsent(measure, pair.baseline), variant: whyAbsent(measure, pair.variant) };
  // One finding says that a fault cannot happen; its other numbers would only say it again.
  if ((absent.baseline !== null || absent.variant !== null) && measure.metric !== 'isolation-index') return null;
  const blocks = baseline.map((_, block) => ({
    before: pair.baseline.rounds[block] ?? null,
    after: pair.variant.rounds[block] ?? null,
  }));
  const has = (quality: Quality, chosen: ChosenRound | null | undefined) =>
    chosen !== null && chosen !== undefined && qualityOf(measure, chosen) === quality;
  const invalid = blocks.map(({ before, after }) => has('invalid', before) || has('invalid', after));
  const paired = blocks.map((_, block) => (baseline[block] ?? null) !== null && (variant[block] ?? null) !== null);
  const sound = paired.filter((is, block) => is && !invalid[block]).length;
  const spoilt = paired.filter((is, block) => is && invalid[block]).length;
  const leave = sound >= leastSound;
  const kept = (values: (Observation | null)[]) =>
    values.map((value, block) => (leave && invalid[block] ? null : value));
  const replica = read(pair.replica);
  const noise = replica.map((again, block) => {
    const first = baseline[block] ?? null;
    const usable = !has('invalid', pair.replica[block]) && !has('invalid', pair.baseline.rounds[block]);
    // A bound is no value, and says nothing about noise.
    return {
      first: usable && first?.censored === false ? first.value : null,
      second: again?.censored === false ? again.value : null,
    };
  });
  return {
    measure,
    metric,
    pairs: censoredPairs(kept(baseline), kept(variant)),
    noise,
    leftOut: leave ? spoilt : 0,
    unsound: !leave && spoilt > 0,
    disturbed: blocks.filter(
      ({ before, after }, block) => paired[block] && (has('disturbed', before) || has('disturbed', after)),
    ).length,
    absent,
  };
}

/** The reason a fault was never done to a side, when every round that was to do it says so. */
function whyAbsent({ scope }: Measure, { rounds }: Side): string | null {
  if (scope.fault === undefined) return null;
  const seen = rounds.flatMap((chosen) => chosen?.round.isolation.filter((one) => one.label === scope.fault) ?? []);
  return seen.length > 0 && seen.every((one) => one.status === 'cannot-happen')
    ? (seen[0]?.reason ?? 'it cannot happen')
    : null;
}
