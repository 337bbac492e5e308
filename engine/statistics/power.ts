import { studentTQuantile } from './student-t.ts';

const most = 1000;

/**
 * Standard errors between a true effect and no effect that a two-sided t test at `alpha` needs to see it with `power`:
 * t(1 - alpha/2, n - 1) + t(power, n - 1), the usual approximation of the non-central t (Cohen 1988, chapter 2).
 */
function reach(blocks: number, alpha: number, power: number): number {
  return studentTQuantile(1 - alpha / 2, blocks - 1) + studentTQuantile(power, blocks - 1);
}

/**
 * Smallest true change, on the averaging scale, that `blocks` blocks find with `power` (default 80 %) at `alpha`, when changes spread
 * by `spread` between blocks. NaN below two blocks.
 */
export function smallestEffect(
  blocks: number,
  spread: number,
  options: { alpha?: number; power?: number } = {},
): number {
  const { alpha = 0.05, power = 0.8 } = options;
  return blocks < 2 ? Number.NaN : (reach(blocks, alpha, power) * spread) / Math.sqrt(blocks);
}

export interface DecisionQuestion {
  /** Blocks so far, at least two. */
  blocks: number;
  /** Mean change so far, averaging scale. */
  mean: number;
  /** Spread of the changes between blocks. */
  spread: number;
  /** Equivalence margin, averaging scale. */
  margin: number;
  /** Noise floor as learnt at this number of blocks, averaging scale; null when none. It shrinks with the root of the number of blocks. */
  noiseFloor: number | null;
  /** Level at which a difference is called, after correction for the findings judged together. */
  alpha?: number;
  power?: number;
}

/**
 * How many further blocks would, with `power` (default 80 %), decide an undecided finding one way or the other, if mean and spread stay as
 * they are: the fewest blocks at which either a difference is seen (`smallestEffect` at most |mean|, noise floor below it) or
 * equivalence is shown (`smallestEffect` at most margin - |mean|). At least 1; null when more than 1,000 would be needed or there is no spread to judge by.
 */
export function blocksToDecide(question: DecisionQuestion): number | null {
  const { blocks, mean, spread, margin, alpha = 0.05, power = 0.8 } = question;
  if (blocks < 2 || !Number.isFinite(spread)) return null;
  const decided = (n: number): boolean => {
    const floor = question.noiseFloor === null ? 0 : question.noiseFloor * Math.sqrt(blocks / n);
    const differs =
      Math.abs(mean) > Math.max(floor, margin) && smallestEffect(n, spread, { alpha, power }) <= Math.abs(mean);
    const equal = smallestEffect(n, spread, { alpha: 0.05, power }) <= Math.max(margin, floor) - Math.abs(mean);
    return differs || equal;
  };
  // Both conditions stay true once true, but the noise floor makes the second's margin shrink: search upwards in growing steps, then halve.
  let low = blocks;
  let high = blocks + 1;
  while (!decided(high)) {
    low = high;
    if (high >= most) return null;
    high = Math.min(most, Math.max(high + 1, Math.ceil(high * 1.25)));
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decided(middle)) high = middle;
    else low = middle;
  }
  return high - blocks;
}
