import type { Application, Finding, Metric } from '../model/index.ts';
import { censoredPairs, type CensoredPairs } from '../statistics/index.ts';
import { faultsSeen } from './isolation/seen.ts';
import { countsOf, overBlocks, type Series } from './series.ts';

/** One metric of two variants, ready to be judged, with everything that has to be said about its blocks. */
export interface PairedMeasure {
  baseline: Series;
  variant: Series;
  pairs: CensoredPairs;
  /** A/A: the baseline and its second copy in the same block. */
  noise: { first: number | null; second: number | null }[];
  /** Blocks in which only one side counts, because the generator shaped the other's number. */
  leftOut: number;
  /** Blocks in which only some of the variants have a value, so that they count for none. */
  missing: number;
  /** A side has no round that counts: numbers are shown, and nothing is decided on them. */
  unsound: boolean;
  /** Blocks that rest on a round in which the machine was not quiet, no repeat being left. */
  disturbed: number;
  /** Of those blocks where the generator was late, and the machine did nothing to it. */
  late: number;
  /** Why a side never had the fault at all, for example because it cannot happen in its shape; null where it had. */
  absent: { baseline: string | null; variant: string | null };
  counts: ReturnType<typeof pairedCounts>;
}

/** A series of a side and why its fault never happened, if that is so. */
export interface Side {
  series: Series;
  absent: string | null;
}

/** Holds two series of one measure against each other; null when neither ever had a value, or the fault cannot happen and another finding says so. */
export function pairSeries(baseline: Side, variant: Side, replica: Series): PairedMeasure | null {
  const [before, after] = ofTheSameBlocks(baseline.series, variant.series);
  if (before.value === null && after.value === null) return null;
  const { metric } = before.measure;
  // One finding says that a fault cannot happen; its other numbers would only say it again.
  if ((baseline.absent !== null || variant.absent !== null) && metric !== 'lost-good-requests') return null;
  const blocks = before.values.map((value, block) => ({ value, other: after.values[block] ?? null, block }));
  /** In how many blocks that both have at least one side is like that. */
  const both = (is: (series: Series, block: number) => boolean): number =>
    blocks.filter(
      ({ value, other, block }) => value !== null && other !== null && (is(before, block) || is(after, block)),
    ).length;
  return {
    baseline: before,
    variant: after,
    pairs: censoredPairs(before.values, after.values),
    noise: replica.values.map((again, block) => {
      const first = before.values[block] ?? null;
      // A bound is no value, and says nothing about noise.
      return {
        first: first?.censored === false ? first.value : null,
        second: again?.censored === false ? again.value : null,
      };
    }),
    leftOut: before.values.filter((_, block) => before.leftOut[block] === true || after.leftOut[block] === true).length,
    missing: Math.max(before.missing, after.missing),
    unsound: before.unsound || after.unsound,
    disturbed: both((series, block) => series.disturbed[block] === true),
    late: both((series, block) => series.late[block] === true),
    absent: { baseline: baseline.absent, variant: variant.absent },
    counts: pairedCounts(before, after),
  };
}

/** Two of several variants that have no block in common all together: over those that the two have, where there are any. */
function ofTheSameBlocks(before: Series, after: Series): [Series, Series] {
  const has = ({ values }: Series, block: number) => (values[block] ?? null) !== null;
  const alone = before.values.some((_, block) => has(before, block) !== has(after, block));
  const both = before.values.map((_, block) => has(before, block) && has(after, block));
  if (!alone || !both.includes(true)) return [before, after];
  const [first = before, second = after] = overBlocks([before, after], both);
  return [first, second];
}

/** Requests behind both sides over the blocks they share; null where values count none. `unit`: what all of them are worth in the metric's unit. */
function pairedCounts(before: Series, after: Series) {
  const [first, second] = [countsOf(before, after), countsOf(after, before)];
  if (first === null || second === null) return null;
  const unit = before.metric.unit === 'share' ? 1 : Math.max(first.perBlock, second.perBlock);
  return { baseline: first.count, variant: second.count, unit };
}

/** The reason a fault was never done to a side, when every round that was to do it says so. */
export function whyAbsent({ measure, rounds }: Series, all: Series['rounds'], application: Application): string | null {
  const label = measure.scope.fault;
  if (label === undefined || rounds.some((round) => round !== null)) return null;
  const seen = all.flatMap((round) =>
    round === null ? [] : faultsSeen(round, application).filter(({ measured }) => measured.label === label),
  );
  return seen.length > 0 && seen.every(({ measured }) => measured.status === 'cannot-happen')
    ? (seen[0]?.measured.reason ?? 'it cannot happen')
    : null;
}

/** Name of the family that a finding is judged in: its question, of which there is one a fault and one a rate; headlines apart from details. Fixed by the catalogue before anything is measured. */
export function familyOf(family: Metric['family'], headline: boolean, scope: Finding['scope']): string {
  const question = [
    family,
    ...(scope.fault === undefined ? [] : [scope.fault]),
    ...(scope.change === undefined ? [] : [scope.change]),
    ...(scope.rate === undefined ? [] : [`at ${scope.rate}/s`]),
  ].join(' ');
  return headline && scope.endpoint === undefined ? question : `${question}, details`;
}
