import jStat from 'jstat';
import type { Count, Interval } from './proportion.ts';

/** Exact limits of a proportion (Clopper & Pearson 1934), two-sided at `level`; [0, 1] without trials. */
export function exactLimits({ successes, trials }: Count, level: number): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const tail = level / 2;
  return {
    low: successes === 0 ? 0 : quantile(tail, successes, trials - successes + 1),
    high: successes >= trials ? 1 : quantile(1 - tail, successes + 1, trials - successes),
  };
}

/** Quantile of the beta distribution, by halving: the regularised incomplete beta function rises from 0 to 1. */
function quantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (jStat.ibeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Limits of the difference of two proportions that hold whatever the counts, at `level` at least: each side has exact limits at half of it, and the difference lies between the
 * farthest of them. Wide, and right where nothing varied.
 */
export function exactDifference(baseline: Count, variant: Count, level: number): Interval {
  const [before, after] = [exactLimits(baseline, level / 2), exactLimits(variant, level / 2)];
  return { low: after.low - before.high, high: after.high - before.low };
}

/** At most this share of deployments would differ when none of `deployments` did: exact, one-sided at `level`. */
export function unseenShare(deployments: number, level: number): number {
  return deployments <= 0 ? 1 : 1 - level ** (1 / deployments);
}
