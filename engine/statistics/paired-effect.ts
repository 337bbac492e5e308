import { change, forward, type Scale } from './scale.ts';
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
 * Values that come in few steps without anybody having said so (the breadth of a fault, some wrong orders) are no more certain: where a value of a side comes twice, or all changes
 * are one, the smallest step between two values counts as such a resolution.
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
  const [befores, afters]: [number[], number[]] = [[], []];
  for (const [block, before] of baseline.entries()) {
    const after = variant[block];
    const step = before === null || after === null || after === undefined ? null : change(scale, before, after);
    if (step === null || before === null || after === null || after === undefined) continue;
    changes.push(step);
    befores.push(forward(scale, before) ?? 0);
    afters.push(forward(scale, after) ?? 0);
  }
  if (changes.length === 0) return null;
  const middle = mean(changes);
  if (changes.length === 1)
    return { scale, changes, mean: middle, spread: Number.NaN, standardError: Number.NaN, pValue: null };
  const inSteps = [befores, afters, changes].some((values) => smallestStep(values, true) === 0);
  const step = Math.max(resolution, inSteps ? smallestStep([...befores, ...afters]) : 0);
  const spread = Math.max(standardDeviation(changes), step / Math.sqrt(6), leastSpread);
  const standardError = spread / Math.sqrt(changes.length);
  const pValue =
    standardError === 0 ? Number(middle === 0) : studentTTwoSided(middle / standardError, changes.length - 1);
  return { scale, changes, mean: middle, spread, standardError, pValue };
}

/** Whether a block counts for a comparison: both sides have a value, and the scale a change between them. Block by block of the baseline. */
export function pairedBlocks(
  scale: Scale,
  baseline: readonly (number | null)[],
  variant: readonly (number | null)[],
): boolean[] {
  return baseline.map((before, block) => {
    const after = variant[block] ?? null;
    return before !== null && after !== null && change(scale, before, after) !== null;
  });
}

/** The smallest difference between two of the values; what differs in its last digits only is equal, and counts as 0 with `equalToo`, else not at all. 0 where all are one value. */
function smallestStep(values: readonly number[], equalToo = false): number {
  const sorted = values.toSorted((a, b) => a - b);
  const tiny = 1e-9 * Math.max(...sorted.map((value) => Math.abs(value)), Number.MIN_VALUE);
  const steps = sorted.slice(1).map((value, index) => value - (sorted[index] ?? value));
  if (equalToo && steps.some((step) => step <= tiny)) return 0;
  const real = steps.filter((step) => step > tiny);
  return real.length === 0 ? 0 : Math.min(...real);
}

/** The two-sided interval mean +- t(1 - level/2, n - 1) s / sqrt(n), averaging scale; `level` 0.05 gives 95 %. Null below two blocks. */
export function intervalAt(effect: PairedEffect, level: number): { low: number; high: number } | null {
  if (effect.changes.length < 2) return null;
  const half = studentTQuantile(1 - level / 2, effect.changes.length - 1) * effect.standardError;
  return { low: effect.mean - half, high: effect.mean + half };
}
