import { betaQuantile, logGamma } from './beta.ts';

export interface Interval {
  low: number;
  high: number;
}

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Wilson's 95 % interval of a proportion. */
export function wilson(successes: number, trials: number): Interval {
  const p = successes / trials;
  const centre = (p + (Z * Z) / (2 * trials)) / (1 + (Z * Z) / trials);
  const half = (Z / (1 + (Z * Z) / trials)) * Math.sqrt((p * (1 - p)) / trials + (Z * Z) / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

export interface Count {
  successes: number;
  trials: number;
}

/** 95 % interval of the first proportion over the second: MOVER-R (Donner and Zou 2012) over Wilson's limits. */
export function ratioInterval(first: Count, second: Count): Interval {
  const [p, q] = [first.successes / first.trials, second.successes / second.trials];
  const one = wilson(first.successes, first.trials);
  const other = wilson(second.successes, second.trials);
  const root = (limit: number, otherLimit: number) =>
    Math.sqrt(Math.max(0, (p * q) ** 2 - limit * otherLimit * (2 * p - limit) * (2 * q - otherLimit)));
  const below = other.high * (2 * q - other.high);
  const above = other.low * (2 * q - other.low);
  return {
    low: below <= 0 ? 0 : Math.max(0, (p * q - root(one.low, other.high)) / below),
    high: above <= 0 ? Infinity : (p * q + root(one.high, other.low)) / above,
  };
}

/** Exact limits of a proportion (Clopper and Pearson 1934), each side with half of `level`. */
export function exactLimits({ successes, trials }: Count, level: number): Interval {
  return {
    low: successes === 0 ? 0 : betaQuantile(level / 2, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - level / 2, successes + 1, trials - successes),
  };
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Fisher's exact test, one-sided: the chance of at least so many successes in the first of two equal groups, what was seen counted half (mid-p). */
export function fisherMidP(first: Count, second: Count): number {
  const successes = first.successes + second.successes;
  const trials = first.trials + second.trials;
  const chance = (k: number) =>
    Math.exp(logChoose(first.trials, k) + logChoose(second.trials, successes - k) - logChoose(trials, successes));
  let p = chance(first.successes) / 2;
  for (let k = first.successes + 1; k <= Math.min(first.trials, successes); k++) p += chance(k);
  return p;
}
