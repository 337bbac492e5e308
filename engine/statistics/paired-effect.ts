import { change, type Scale, toEffect } from './scale.ts';
import { studentTQuantile, studentTTwoSided } from './student-t.ts';
import { mean, standardDeviation } from './summary.ts';

/** The mean change over blocks, on the averaging scale (log-ratio or difference). */
export interface PairedEffect {
  scale: Scale;
  /** One change a block that had both sides. */
  changes: number[];
  mean: number;
  /** Spread of the changes between blocks; NaN below two blocks. */
  spread: number;
  /** Standard error of the mean; NaN below two blocks. */
  standardError: number;
  /** 95 % interval; null below two blocks. */
  interval: { low: number; high: number } | null;
  /** Two-sided p-value of "no change"; null below two blocks. */
  pValue: number | null;
}

/**
 * Paired comparison by block: mean of the changes d_i with the interval mean +- t(0.975, n - 1) s / sqrt(n), and the paired t test.
 * Source: Student 1908; Kalibera & Jones 2013 for pairing and for the deployment, not the request, as the unit of replication.
 * `resolution` is the step in which the metric's values come (0: continuous): rounding errors of two values have the
 * standard deviation resolution / sqrt(6) together, and the spread is never taken as smaller, so that a few equal rounded values are not certainty.
 * Null when no block has both sides.
 */
export function pairedEffect(
  scale: Scale,
  baseline: readonly (number | null)[],
  variant: readonly (number | null)[],
  options: { confidence?: number; resolution?: number } = {},
): PairedEffect | null {
  const { confidence = 0.95, resolution = 0 } = options;
  const changes: number[] = [];
  for (const [block, before] of baseline.entries()) {
    const after = variant[block];
    const step = before === null || after === null || after === undefined ? null : change(scale, before, after);
    if (step !== null) changes.push(step);
  }
  if (changes.length === 0) return null;
  const centre = mean(changes);
  if (changes.length === 1) {
    return {
      scale,
      changes,
      mean: centre,
      spread: Number.NaN,
      standardError: Number.NaN,
      interval: null,
      pValue: null,
    };
  }
  const spread = Math.max(standardDeviation(changes), resolution / Math.sqrt(6));
  const standardError = spread / Math.sqrt(changes.length);
  const degreesOfFreedom = changes.length - 1;
  const half = studentTQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  const pValue =
    standardError === 0 ? Number(centre === 0) : studentTTwoSided(centre / standardError, degreesOfFreedom);
  return {
    scale,
    changes,
    mean: centre,
    spread,
    standardError,
    interval: { low: centre - half, high: centre + half },
    pValue,
  };
}

/** The effect and its interval as people read them: a ratio with its (asymmetric) interval, or a difference. */
export function readable(effect: PairedEffect): { value: number; interval: { low: number; high: number } | null } {
  return {
    value: toEffect(effect.scale, effect.mean),
    interval:
      effect.interval === null
        ? null
        : { low: toEffect(effect.scale, effect.interval.low), high: toEffect(effect.scale, effect.interval.high) },
  };
}
