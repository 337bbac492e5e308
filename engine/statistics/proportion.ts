import { normalQuantile } from './student-t.ts';

export interface Interval {
  low: number;
  high: number;
}

const z95 = normalQuantile(0.975);

/**
 * Wilson's score interval of a proportion (Wilson 1927): (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
 * Works at 0 and n of n. `trials` 0 gives [0, 1].
 */
export function wilsonInterval(successes: number, trials: number, z = z95): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const p = successes / trials;
  const denominator = 1 + (z * z) / trials;
  const centre = (p + (z * z) / (2 * trials)) / denominator;
  const half = (z / denominator) * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

export interface Count {
  successes: number;
  trials: number;
}

/**
 * Interval of the ratio p1 / p2 by the method of variance estimates recovery over Wilson limits (MOVER-R: Donner & Zou 2012). The lower limit is written in its conjugate
 * form, which has no zero denominator. The upper limit is Infinity where p2's interval reaches zero.
 */
export function proportionRatio(first: Count, second: Count, z = z95): Interval {
  if (first.trials <= 0 || second.trials <= 0) return { low: 0, high: Infinity };
  const p1 = first.successes / first.trials;
  const p2 = second.successes / second.trials;
  const one = wilsonInterval(first.successes, first.trials, z);
  const two = wilsonInterval(second.successes, second.trials, z);
  const product = p1 * p2;
  const lowTerm = one.low * (2 * p1 - one.low);
  const lowRoot = Math.sqrt(Math.max(0, product ** 2 - lowTerm * two.high * (2 * p2 - two.high)));
  const low = lowTerm === 0 ? 0 : lowTerm / (product + lowRoot);
  const highDenominator = two.low * (2 * p2 - two.low);
  const highRoot = Math.sqrt(Math.max(0, product ** 2 - one.high * (2 * p1 - one.high) * highDenominator));
  return { low, high: highDenominator === 0 ? Infinity : (product + highRoot) / highDenominator };
}

export interface Degradation {
  /** max(0, 1 - A(fault) / A(baseline)), 0 to 1. */
  value: number;
  low: number;
  high: number;
}

/**
 * Degradation of availability from a baseline window to a fault window, with its 95 % interval (from `proportionRatio`), cut to 0 to 1. A
 * window without requests tells nothing: the interval is then 0 to 1.
 */
export function degradation(fault: Count, baseline: Count): Degradation {
  if (fault.trials <= 0 || baseline.trials <= 0 || baseline.successes <= 0) return { value: 0, low: 0, high: 1 };
  const ratio = fault.successes / fault.trials / (baseline.successes / baseline.trials);
  const interval = proportionRatio(fault, baseline);
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  return { value: cut(1 - ratio), low: cut(1 - interval.high), high: cut(1 - interval.low) };
}
