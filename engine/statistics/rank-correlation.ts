import jStat from 'jstat';
import type { Random } from '../model/index.ts';

/** How two numbers of the same things go together. */
export interface RankCorrelation {
  /** Pairs that it is of. */
  n: number;
  /** -1 to 1; null where a side does not vary, or there are fewer than three pairs. */
  rho: number | null;
  /** Null where there is no rho. */
  interval: { low: number; high: number } | null;
}

/** Resamples; more change nothing in the second digit. */
const resamples = 2000;

/**
 * Spearman's rank correlation (Spearman 1904): Pearson's of the ranks, ties having the mean of theirs. The interval is the bootstrap's of percentiles (Efron and Tibshirani 1993, ch. 13): pairs are drawn anew
 * with replacement, a draw in which a side does not vary is left out. Below some tens of pairs it is too narrow as a rule. The same stream gives the same digits.
 */
export function rankCorrelation(
  pairs: readonly (readonly [x: number, y: number])[],
  random: Random,
  level = 0.95,
): RankCorrelation {
  const n = pairs.length;
  const rho = rhoOf(pairs);
  if (rho === null) return { n, rho, interval: null };
  const drawn = Array.from({ length: resamples }, () =>
    rhoOf(pairs.map((pair) => pairs[random.integer(0, n - 1)] ?? pair)),
  )
    .filter((one) => one !== null)
    .toSorted((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (drawn.length - 1))] ?? rho;
  return { n, rho, interval: { low: at((1 - level) / 2), high: at((1 + level) / 2) } };
}

function rhoOf(pairs: readonly (readonly [number, number])[]): number | null {
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  if (pairs.length < 3 || new Set(xs).size < 2 || new Set(ys).size < 2) return null;
  // What is 1 comes out as the number before it.
  return Number(jStat.spearmancoeff(xs, ys).toFixed(12));
}
