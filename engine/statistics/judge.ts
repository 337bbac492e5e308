import { familyAlpha, minimumBlocks, type Look } from '../model/index.ts';
import { exactDifference, unseenShare } from './exact-limits.ts';
import { holm } from './holm.ts';
import { lookLevels, looksOf, oneLook } from './looks.ts';
import { noiseFloor } from './noise-floor.ts';
import { intervalAt, pairedBlocks, pairedEffect, type PairedEffect } from './paired-effect.ts';
import type { Count, Interval } from './proportion.ts';
import { centre, insideMargin, readAs, toEffect, toHalfWidth, type Scale } from './scale.ts';

/** A noise floor learnt from fewer A/A pairs than this is shown and gates nothing: it is mostly their chance. */
export const minimumNoisePairs = 8;

/** One metric of two variants, a value a block. */
export interface Comparison {
  scale: Scale;
  /** Smallest change that matters, as people read it: a share for ratios, in the metric's unit for differences. */
  margin: number;
  /** Step in which values come, on the averaging scale; 0 for continuous ones. */
  resolution?: number;
  better: 'lower' | 'higher';
  baseline: readonly (number | null)[];
  variant: readonly (number | null)[];
  /** The average of the baseline that is printed; its own blocks' where absent. Differences are counted from it. */
  baselineCentre?: number | null;
  /** The same variant measured twice in a block; empty when no A/A ran. */
  noise: readonly { first: number | null; second: number | null }[];
  /** Requests behind the values of each side, and what one counted request is in the metric's unit; null where values are no counts of requests. */
  counts?: { baseline: Count; variant: Count; unit: number } | null;
  /** Set where the quantity is a constant of a variant. */
  constant?: boolean;
}

export type Verdict = 'better' | 'worse' | 'equivalent' | 'inconclusive';

export interface Judgement {
  verdict: Verdict;
  method: 't' | 'exact-requests' | 'exact-deployments' | 'counted' | 'none';
  /** What the pairs say; null when nothing was paired. */
  effect: PairedEffect | null;
  /** The effect as people read it; null when nothing was paired. */
  value: number | null;
  /** Its interval at `level`, as people read it. */
  interval: Interval | null;
  /** Two-sided level of the verdict and the interval. */
  level: number | null;
  /** Exact: at most this share of deployments would show another value; null where values varied. */
  otherDeployments: number | null;
  /** Half-width of the band in which a change means nothing, as people read it; null when no A/A ran. */
  noiseFloor: number | null;
  noisePairs: number;
  adjustedPValue: number | null;
}

export interface JudgeOptions {
  /** Chance of any false verdict in the family over all looks. */
  alpha?: number;
  /** The looks that were taken, of which this is the last; none where it is the only one. */
  looks?: readonly Look[];
}

/**
 * Judges findings that stand together (one family). With at least three paired blocks each, of m findings:
 * `equivalent`: the interval at alpha / m lies inside the margin. The margin alone: noise larger than it makes things unclear, never equal.
 * `better` / `worse`: the interval at the finding's Holm level leaves out no change and reaches beyond the margin, and the effect exceeds the noise floor where eight
 * A/A pairs or more tell it; `inconclusive` otherwise. The interval given is the one of the level at which the verdict was reached.
 * Over several looks a finding that lacks a value in some blocks has looks of its own, and one that has too few yet, or none, is counted among the m, since a later look may test it.
 * What never varied in either variant has no spread to test: counts of requests get exact limits, shares exact limits by deployment, and constants are counted.
 */
export function judgeFamily(family: readonly Comparison[], options: JudgeOptions = {}): Judgement[] {
  const { alpha = familyAlpha, looks = [] } = options;
  const levels = family.map(({ scale, baseline, variant }) =>
    lookLevels(looksOf(looks, pairedBlocks(scale, baseline, variant))),
  );
  const effects = family.map((comparison) =>
    pairedEffect(comparison.scale, comparison.baseline, comparison.variant, {
      resolution: comparison.resolution,
      leastSpread: spreadOfRequests(comparison),
    }),
  );
  const still = family.map((comparison, index) => effects[index] !== null && neverVaried(comparison));
  const isEnough = (index: number) => (effects[index]?.changes.length ?? 0) >= minimumBlocks;
  const tested = effects.map((effect, index) => {
    if (still[index]) return null;
    if (effect !== null && isEnough(index)) return effect.pValue;
    return looks.length === 0 ? null : 1;
  });
  const exact = family.filter((comparison, index) => still[index] && comparison.constant !== true).length;
  const size = tested.filter((pValue) => pValue !== null).length + exact;
  // Exact limits take their share of alpha beforehand; the others share what is left step by step, and their p-values are held against all of alpha.
  const left = size === exact ? 1 : (size - exact) / size;
  const corrected = holm(tested, alpha * left, (index) => levels[index] ?? oneLook);
  return family.map((comparison, index): Judgement => {
    const effect = effects[index] ?? null;
    const base = baseOf(comparison, effect);
    if (effect === null) return { ...base, verdict: 'inconclusive', method: 'none', value: null, interval: null };
    const share = alpha / Math.max(1, size);
    const own = levels[index] ?? oneLook;
    if (still[index]) return judgeStill(comparison, effect, base, own.exact(share));
    const whole = own.t(share);
    const { adjusted, level } = (isEnough(index) ? corrected[index] : undefined) ?? { adjusted: null, level: null };
    const adjustedPValue = adjusted === null ? null : Math.min(1, adjusted / left);
    return judgeTested(comparison, effect, { ...base, adjustedPValue }, { whole, level: level ?? whole });
  });
}

type Base = Omit<Judgement, 'verdict' | 'method' | 'value' | 'interval'> & { centre: number };

function baseOf({ scale, baseline, baselineCentre, noise, resolution }: Comparison, effect: PairedEffect | null): Base {
  const from =
    baselineCentre ??
    centre(
      scale,
      baseline.filter((value) => value !== null),
    ) ??
    0;
  const learnt = effect === null ? null : noiseFloor(scale, noise, effect.changes.length, resolution);
  return {
    centre: from,
    effect,
    level: null,
    otherDeployments: null,
    noiseFloor: learnt === null ? null : toHalfWidth(scale, learnt.halfWidth, from),
    noisePairs: learnt?.pairs ?? 0,
    adjustedPValue: null,
  };
}

function judgeTested(
  comparison: Comparison,
  effect: PairedEffect,
  { centre: from, ...base }: Base,
  levels: { whole: number; level: number },
): Judgement {
  const { scale, margin, better } = comparison;
  const read = (value: number) => toEffect(scale, value, from);
  const at = (level: number) => {
    const interval = intervalAt(effect, level);
    return interval === null ? null : { plain: interval, low: read(interval.low), high: read(interval.high) };
  };
  const value = read(effect.mean);
  const given = (verdict: Verdict, level: number, interval: ReturnType<typeof at>): Judgement => ({
    ...base,
    verdict,
    method: 't',
    value,
    interval: interval === null ? null : { low: interval.low, high: interval.high },
    level: interval === null ? null : level,
  });
  const whole = at(levels.whole);
  // The level of a family and a look, at one degree of freedom, leads to limits that no number can hold.
  if (whole === null || effect.changes.length < minimumBlocks) return given('inconclusive', levels.whole, null);
  if (insideMargin(scale, whole, margin))
    return given(hasOutlier(comparison) ? 'inconclusive' : 'equivalent', levels.whole, whole);
  const stepped = at(levels.level);
  // Whole only at the weaker level: neither proven equal nor a difference that matters.
  const [level, interval] =
    stepped === null || insideMargin(scale, stepped, margin) ? [levels.whole, whole] : [levels.level, stepped];
  const excludesNone = interval.plain.low > 0 || interval.plain.high < 0;
  if (!excludesNone || isNoise(scale, value, base)) return given('inconclusive', level, interval);
  return given(effect.mean < 0 === (better === 'lower') ? 'better' : 'worse', level, interval);
}

/**
 * Whether a count or a share differed in one deployment by what matters. The average on the logarithm, and near all or nothing that on the arcsine too, is that of a usual deployment,
 * in which an outage that a few have nearly vanishes.
 */
function hasOutlier({ scale, margin, baseline, variant }: Comparison): boolean {
  if (scale !== 'count' && scale !== 'share') return false;
  return baseline.some((before, block) => {
    const after = variant[block] ?? null;
    return before !== null && after !== null && Math.abs(after - before) >= margin;
  });
}

/** Whether the effect is no larger than what two copies of the baseline show, where enough of them tell. */
function isNoise(scale: Scale, value: number, { noisePairs, noiseFloor: floor }: Omit<Base, 'centre'>): boolean {
  const size = readAs(scale) === 'ratio' ? Math.expm1(Math.abs(Math.log(value))) : Math.abs(value);
  return noisePairs >= minimumNoisePairs && size <= (floor ?? 0);
}

/**
 * The largest chance that two sides which have the same two values, each in a share of deployments, show one of them in all `blocks` of one side and the other in all of the other:
 * 2 x (1/2)^(2 blocks). However many requests were counted, deployments are what was drawn.
 */
function chanceOfTwoValues(blocks: number): number {
  return 2 ** (1 - 2 * blocks);
}

/** Findings in which every block of a side had one value. */
function judgeStill(
  comparison: Comparison,
  effect: PairedEffect,
  { centre: from, ...base }: Base,
  level: number,
): Judgement {
  const { scale, margin, better, counts = null, constant = false } = comparison;
  const value = toEffect(scale, effect.mean, from);
  const enough = effect.changes.length >= minimumBlocks;
  const otherDeployments = unseenShare(effect.changes.length, level);
  const verdictOf = (interval: Interval): Verdict => {
    if (!enough) return 'inconclusive';
    // However narrow by request: a deployment that differs may not have been among these few.
    if (insideMargin(scale, interval, margin)) return constant ? 'equivalent' : 'inconclusive';
    const none = readAs(scale) === 'ratio' ? 1 : 0;
    if ((interval.low <= none && interval.high >= none) || isNoise(scale, value, base)) return 'inconclusive';
    if (!constant && chanceOfTwoValues(effect.changes.length) > level) return 'inconclusive';
    return interval.high < none === (better === 'lower') ? 'better' : 'worse';
  };
  const shown = { ...base, effect, value };
  if (!constant && counts !== null) {
    const limits = exactDifference(counts.baseline, counts.variant, level);
    const interval = {
      low: Math.min(value, Math.max(-from, limits.low * counts.unit)),
      high: Math.max(
        value,
        scale === 'share' ? Math.min(1 - from, limits.high * counts.unit) : limits.high * counts.unit,
      ),
    };
    return { ...shown, method: 'exact-requests', verdict: verdictOf(interval), interval, level, otherDeployments };
  }
  if (!constant && scale === 'share') {
    // Each deployment that differs may differ by all there is.
    const reach = (end: number) => value + otherDeployments * (end - value);
    const interval = { low: Math.max(-from, reach(-1)), high: Math.min(1 - from, reach(1)) };
    return { ...shown, method: 'exact-deployments', verdict: verdictOf(interval), interval, level, otherDeployments };
  }
  return {
    ...shown,
    method: 'counted',
    verdict: verdictOf({ low: value, high: value }),
    interval: null,
    otherDeployments: constant ? null : otherDeployments,
  };
}

/**
 * The spread that the requests alone give the change of a share, sqrt(1/4n + 1/4m) on the arcsine scale (Freeman & Tukey 1950): deployments cannot truly spread less, and three
 * shares that happen to be alike are no certainty.
 */
function spreadOfRequests({ scale, counts = null, baseline, variant }: Comparison): number {
  if (scale !== 'share' || counts === null) return 0;
  // The requests are those of the blocks that both have.
  const both = baseline.filter((value, block) => value !== null && (variant[block] ?? null) !== null);
  const blocks = Math.max(1, both.length);
  const [before, after] = [counts.baseline.trials / blocks, counts.variant.trials / blocks];
  return before > 0 && after > 0 ? Math.sqrt(1 / (4 * before) + 1 / (4 * after)) : 0;
}

function neverVaried({ baseline, variant, resolution = 0, constant = false }: Comparison): boolean {
  if (resolution > 0) return false;
  const paired = baseline.map((before, block) => [before, variant[block] ?? null] as const);
  const both = paired.filter(([before, after]) => before !== null && after !== null);
  // One value alone has not shown that it stays.
  if (!constant && both.length < 2) return false;
  return both.every(([before, after]) => before === both[0]?.[0] && after === both[0]?.[1]);
}
