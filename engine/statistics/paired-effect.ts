import { change, type Scale } from './scale.ts';
import { studentTQuantile, studentTTwoSided } from './student-t.ts';
import { mean, standardDeviation } from './summary.ts';

/** The mean change over blocks, on the averaging scale. */
export interface PairedEffect {
  scale: Scale;
  /** One change a block that had both sides. */
  changes: number[];
  mean: number;
  /** Spread of the changes between blocks; NaN below two blocks. */
  spread: number;
  /** Standard error of the mean; NaN below two blocks. */
  standardError: number;
  /** Two-sided p-value of "no change"; null below two blocks. */
  pValue: number | null;
}

/**
 * Paired comparison by block: mean of the changes d_i, and the paired t test.
 * Source: Student 1908; Kalibera & Jones 2013 for pairing and for the deployment, not the request, as the unit of replication.
 * `resolution` is the step in which the metric's values come, on the averaging scale (0: continuous): rounding errors of two values have the
 * standard deviation resolution / sqrt(6) together, and the spread is never taken as smaller, so that a few equal rounded values are not certainty.
 * `leastSpread`: what the spread cannot truly be below, for example that of the requests that a share is of.
 * Null when no block has both sides.
 */
export function pairedEffect(
  scale: Scale,
  baseline: readonly (number | null)[],
  variant: readonly (number | null)[],
  { resolution = 0, leastSpread = 0 }: { resolution?: number; leastSpread?: number } = {},
): PairedEffect | null {
  const changes: number[] = [];
  for (const [block, before] of baseline.entries()) {
    const after = variant[block];
    const step = before === null || after === null || after === undefined ? null : change(scale, before, after);
    if (step !== null) changes.push(step);
  }
  if (changes.length === 0) return null;
  const middle = mean(changes);
  if (changes.length === 1)
    return { scale, changes, mean: middle, spread: Number.NaN, standardError: Number.NaN, pValue: null };
  const spread = Math.max(standardDeviation(changes), resolution / Math.sqrt(6), leastSpread);
  const standardError = spread / Math.sqrt(changes.length);
  const pValue =
    standardError === 0 ? Number(middle === 0) : studentTTwoSided(middle / standardError, changes.length - 1);
  return { scale, changes, mean: middle, spread, standardError, pValue };
}

/** The two-sided interval mean +- t(1 - level/2, n - 1) s / sqrt(n), averaging scale; `level` 0.05 gives 95 %. Null below two blocks. */
export function intervalAt(effect: PairedEffect, level: number): { low: number; high: number } | null {
  if (effect.changes.length < 2) return null;
  const half = studentTQuantile(1 - level / 2, effect.changes.length - 1) * effect.standardError;
  return { low: effect.mean - half, high: effect.mean + half };
}
