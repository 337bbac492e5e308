import { familyAlpha, minimumMachines } from '../model/index.ts';
import { holm } from './holm.ts';
import type { Verdict } from './judge.ts';
import type { Interval } from './proportion.ts';
import {
  meanIntervalAt,
  predictionIntervalAt,
  randomEffects,
  type RandomEffects,
  type UnitEffect,
} from './random-effects.ts';
import { insideMargin, toEffect, toHalfWidth, type Scale } from './scale.ts';
import { mean } from './summary.ts';

/** One metric of two variants, a value a machine. */
export interface PooledComparison {
  scale: Scale;
  /** Smallest change that matters, as people read it. */
  margin: number;
  better: 'lower' | 'higher';
  /** The average of the baseline over machines, as people read it; differences are counted from it. */
  centre: number;
  machines: readonly UnitEffect[];
  /** Which end of the effect is not known, since on some machine it is only a bound. */
  openEnd: 'low' | 'high' | 'both' | null;
  /** Whether a count or a share differed by what matters in one deployment of one machine. */
  outlier: boolean;
  /** The quantity is a constant of a variant. */
  constant: boolean;
}

export interface PooledJudgement {
  /** Null below three machines. */
  verdict: Verdict | null;
  /** `t`: over machines; `counted`: a constant that is the same on all; `none`: nothing to judge by. */
  method: 't' | 'counted' | 'none';
  /** The mean effect as people read it; null where no machine has one. */
  value: number | null;
  /** Its interval at `level`; null below three machines, and where all show one value. */
  interval: Interval | null;
  level: number | null;
  /** What another machine of the kind would show, measured as these were, at 95 %. */
  another: Interval | null;
  /** How far machines lie apart: the standard deviation of their true effects as people read it, a share for ratios. */
  spread: number | null;
  /** I squared, 0 to 1. */
  heterogeneity: number | null;
  pValue: number | null;
  adjustedPValue: number | null;
}

/**
 * Judges pooled findings that stand together, as `judgeFamily` does those of one result: of m that three machines or more have, `equivalent` where the interval at alpha / m lies inside the margin, `better` or
 * `worse` where that at the Holm level leaves out no change and reaches beyond it.
 */
export function poolFamily(family: readonly PooledComparison[], alpha = familyAlpha): PooledJudgement[] {
  const effects = family.map(({ machines }) => (machines.length < minimumMachines ? null : randomEffects(machines)));
  const tested = effects.map((effect) => effect !== null && effect.standardError > 0);
  const corrected = holm(
    effects.map((effect, index) => (tested[index] === true ? (effect?.pValue ?? null) : null)),
    alpha,
  );
  const whole = alpha / Math.max(1, tested.filter(Boolean).length);
  return family.map((comparison, index) => {
    const effect = effects[index] ?? null;
    const { adjusted = null, level = null } = corrected[index] ?? {};
    if (effect === null) return untested(comparison);
    if (tested[index] !== true) return alike(comparison, effect);
    return judged(comparison, effect, { adjusted, whole, level: level ?? whole });
  });
}

const nothing = {
  ...{ interval: null, level: null, another: null, spread: null },
  ...{ heterogeneity: null, pValue: null, adjustedPValue: null },
};

function untested({ scale, machines, centre }: PooledComparison): PooledJudgement {
  const value = machines.length === 0 ? null : toEffect(scale, mean(machines.map((one) => one.value)), centre);
  return { ...nothing, verdict: null, method: 'none', value };
}

/** All machines show one value, and within none of them anything varied. */
function alike({ scale, margin, better, centre, constant }: PooledComparison, effect: RandomEffects): PooledJudgement {
  const value = toEffect(scale, effect.mean, centre);
  if (!constant) return { ...nothing, verdict: 'inconclusive', method: 'none', value };
  const verdict = insideMargin(scale, { low: value, high: value }, margin)
    ? 'equivalent'
    : effect.mean < 0 === (better === 'lower')
      ? 'better'
      : 'worse';
  return { ...nothing, verdict, method: 'counted', value };
}

function judged(
  comparison: PooledComparison,
  effect: RandomEffects,
  levels: { adjusted: number | null; whole: number; level: number },
): PooledJudgement {
  const { scale, margin, centre } = comparison;
  const read = ({ low, high }: Interval): Interval => ({
    low: toEffect(scale, low, centre),
    high: toEffect(scale, high, centre),
  });
  const at = (level: number) => read(meanIntervalAt(effect, level));
  const isEqual = insideMargin(scale, at(levels.whole), margin);
  // Whole only at the weaker level: neither proven equal nor a difference that matters.
  const level = isEqual || insideMargin(scale, at(levels.level), margin) ? levels.whole : levels.level;
  const plain = meanIntervalAt(effect, level);
  return {
    verdict: isEqual ? equality(comparison) : direction(comparison, effect.mean, plain),
    method: 't',
    value: toEffect(scale, effect.mean, centre),
    ...{ interval: at(level), level, another: read(predictionIntervalAt(effect, familyAlpha)) },
    spread: toHalfWidth(scale, Math.sqrt(effect.betweenVariance), centre),
    ...{ heterogeneity: effect.heterogeneity, pValue: effect.pValue, adjustedPValue: levels.adjusted },
  };
}

function equality({ openEnd, outlier }: PooledComparison): Verdict {
  return openEnd !== null || outlier ? 'inconclusive' : 'equivalent';
}

/** What is only a bound on some machine supports what lies the way it is open, and nothing else. */
function direction({ better, openEnd }: PooledComparison, middle: number, plain: Interval): Verdict {
  if (plain.low <= 0 && plain.high >= 0) return 'inconclusive';
  if (openEnd !== null && openEnd !== (middle < 0 ? 'low' : 'high')) return 'inconclusive';
  return middle < 0 === (better === 'lower') ? 'better' : 'worse';
}
