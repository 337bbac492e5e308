import { disturbancesOf, metricOf, minimumBlocks, type Metric, type Round } from '../model/index.ts';
import { centre, type Count, type Observation, type Scale } from '../statistics/index.ts';
import type { ProbeMeasure } from './all-measures.ts';
import type { ChosenRound } from './choose.ts';
import type { Condition } from './condition.ts';
import { digitsOrNull } from './digits.ts';
import { qualityOf } from './quality.ts';

/** One measure of one variant over its blocks: what tables, charts and findings show of it, from the same rounds and by the same average. */
export interface Series {
  measure: ProbeMeasure;
  metric: Metric;
  scale: Scale;
  /** A value a block, in block order; null where the block has none that counts. */
  values: (Observation | null)[];
  /** The average on the metric's scale; null without values. */
  value: number | null;
  /** Whether the average is only known to be at least that, because a value in it is. */
  atLeast: boolean;
  /** Rounds, one a block, that the values are of. */
  rounds: (Round | null)[];
  /** By block: whether it was left out because the generator, not the application, shaped the number. */
  leftOut: boolean[];
  /** Blocks in which it has a value and another variant has none, so that they do not count. */
  missing: number;
  /** All rounds were like that: they are shown, and nothing is decided on them. */
  unsound: boolean;
  /** By block: whether the machine was not quiet then, no repeat being left. */
  disturbed: boolean[];
  /** By block: whether the generator was late then, and nothing that the machine did; what the number is of, that did not touch. */
  late: boolean[];
}

/** The scale on which a metric is averaged. Version 1 knew ratios and differences only. */
export function scaleOf(metric: Metric, rules: 1 | 2): Scale {
  return rules === 2 || metric.scale === 'ratio' ? metric.scale : 'difference';
}

/** Reads one measure from the rounds that stand for a variant in its part. */
export function seriesOf(measure: ProbeMeasure, chosen: readonly (ChosenRound | null)[], rules: 1 | 2): Series {
  const metric = metricOf(measure.metric);
  const scale = scaleOf(metric, rules);
  const read = chosen.map((one) => (one === null ? null : measure.read(one.round)));
  const is = (condition: Condition) => chosen.map((one) => one !== null && qualityOf(measure, one) === condition);
  const invalid = is('invalid');
  const spoilt = read.filter((value, block) => value !== null && invalid[block]).length;
  const sound = read.filter((value, block) => value !== null && !invalid[block]).length;
  const leave = sound > 0;
  const values = read.map((value, block) => (leave && invalid[block] ? null : value));
  const used = is('disturbed').map((one, block) => one && values[block] != null);
  const late = used.map((one, block) => one && isGenerators(chosen[block]?.round));
  return {
    measure,
    metric,
    scale,
    values,
    ...averageOf(scale, values),
    rounds: chosen.map((one, block) =>
      values[block] === null || values[block] === undefined ? null : (one?.round ?? null),
    ),
    leftOut: read.map((value, block) => leave && value !== null && invalid[block] === true),
    missing: 0,
    unsound: !leave && spoilt > 0,
    disturbed: used.map((one, block) => one && late[block] !== true),
    late,
  };
}

function averageOf(scale: Scale, values: Series['values']): Pick<Series, 'value' | 'atLeast'> {
  const known = values.filter((one) => one !== null);
  return {
    value: digitsOrNull(
      centre(
        scale,
        known.map(({ value }) => value),
      ),
    ),
    atLeast: known.some(({ censored }) => censored),
  };
}

/**
 * The series of one measure with nothing but the blocks that all of them have, so that averages are of the same blocks as what is said of their difference. Which take part, and
 * whether they have a block in common, is told by the first three blocks that two of them have: whoever has no value in those (a fault that cannot happen there, or that was not done
 * until then) takes none of the others' blocks away later, after they were judged. Where no block is common they stay as they are.
 */
export function overCommonBlocks(all: readonly Series[]): Series[] {
  const has = ({ values }: Series, block: number) => (values[block] ?? null) !== null;
  const blocks = Array.from({ length: Math.max(0, ...all.map(({ values }) => values.length)) }, (_, block) => block);
  const first = blocks.filter((block) => all.filter((one) => has(one, block)).length > 1).slice(0, minimumBlocks);
  const taking = all.filter((one) => first.some((block) => has(one, block)));
  const common = blocks.map((block) => taking.every((one) => has(one, block)));
  return first.some((block) => common[block] === true) ? overBlocks(all, common) : [...all];
}

/** The series with nothing but these blocks. */
export function overBlocks(all: readonly Series[], common: readonly boolean[]): Series[] {
  return all.map((series) => {
    const values = series.values.map((value, block) => (common[block] === true ? value : null));
    return {
      ...series,
      ...{ values, ...averageOf(series.scale, values) },
      rounds: series.rounds.map((round, block) => (common[block] === true ? round : null)),
      disturbed: series.disturbed.map((one, block) => one && common[block] === true),
      missing: series.values.filter((value, block) => value !== null && common[block] !== true).length,
    };
  });
}

/** The requests that a series counts over the blocks that both it and `other` have; null where it counts none. */
export function countsOf(series: Series, other: Series): { count: Count; perBlock: number } | null {
  const { counts } = series.measure;
  if (counts === undefined) return null;
  const parts = series.rounds.flatMap((round, block) =>
    round === null || (other.rounds[block] ?? null) === null ? [] : [counts(round)],
  );
  const known = parts.filter((part) => part !== null);
  if (known.length === 0 || known.length < parts.length) return null;
  const trials = known.reduce((total, part) => total + part.trials, 0);
  return {
    count: { successes: known.reduce((total, part) => total + part.successes, 0), trials },
    perBlock: trials / known.length,
  };
}

/** Whether a round is invalid and the machine did nothing to it. */
function isGenerators(round: Round | undefined): boolean {
  return round?.status === 'invalid' && disturbancesOf(round).length === 0;
}
