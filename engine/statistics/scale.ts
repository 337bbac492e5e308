import { mean } from './summary.ts';

/**
 * How a metric is averaged and compared. `ratio`: by the logarithm of variant over baseline, so that twice as slow and twice as fast are equally far from no change.
 * `difference`: variant minus baseline. `share`: proportions, by the arcsine of their root, whose spread does not depend on how near to 0 or 1 they are.
 * `count`: counts that may be zero, by log(x + 0.5).
 */
export type Scale = 'ratio' | 'difference' | 'share' | 'count';

/** A value on the scale on which it is averaged; null where that scale has none. */
export function forward(scale: Scale, value: number): number | null {
  if (!Number.isFinite(value)) return null;
  switch (scale) {
    case 'ratio':
      return value > 0 ? Math.log(value) : null;
    case 'difference':
      return value;
    case 'share':
      return Math.asin(Math.sqrt(Math.min(1, Math.max(0, value))));
    case 'count':
      return Math.log(Math.max(0, value) + 0.5);
    default:
      return scale satisfies never;
  }
}

/** The inverse of `forward`; what lies beyond the end of a scale is its end, so that no value is impossible. */
export function inverse(scale: Scale, value: number): number {
  switch (scale) {
    case 'ratio':
      return Math.exp(value);
    case 'difference':
      return value;
    case 'share':
      return Math.sin(Math.min(Math.PI / 2, Math.max(0, value))) ** 2;
    case 'count':
      return Math.max(0, Math.exp(value) - 0.5);
    default:
      return scale satisfies never;
  }
}

/** The average of values on their scale, as people read it: a geometric mean for ratios. Null without values that the scale has. */
export function centre(scale: Scale, values: readonly number[]): number | null {
  const known = values.map((value) => forward(scale, value)).filter((value) => value !== null);
  return known.length === 0 ? null : inverse(scale, mean(known));
}

/** The change from `baseline` to `variant` on the scale on which it is averaged; null where that scale has no value (a ratio of values that are not positive). */
export function change(scale: Scale, baseline: number, variant: number): number | null {
  const [before, after] = [forward(scale, baseline), forward(scale, variant)];
  return before === null || after === null ? null : after - before;
}

/** Whether people read a change on this scale as a ratio or as a difference. */
export function readAs(scale: Scale): 'ratio' | 'difference' {
  return scale === 'ratio' ? 'ratio' : 'difference';
}

/**
 * A change on the averaging scale as people read it: a ratio, or the difference from `baseline`, the average of the side it is counted from. Such a difference never
 * leads out of the possible range: below nothing, or beyond all for shares.
 */
export function toEffect(scale: Scale, value: number, baseline: number): number {
  switch (scale) {
    case 'ratio':
      // A file holds no infinity.
      return Math.min(Number.MAX_VALUE, Math.exp(value));
    case 'difference':
      // Every metric that is compared so counts something of which there cannot be less than nothing.
      return Math.max(-Math.max(0, baseline), value);
    case 'share':
    case 'count': {
      const difference = inverse(scale, (forward(scale, baseline) ?? 0) + value) - baseline;
      // There and back leaves the last bits, which are no effect.
      return Math.abs(difference) < 1e-12 ? 0 : Math.min(Number.MAX_VALUE, difference);
    }
    default:
      return scale satisfies never;
  }
}

/** A half-width on the averaging scale as people read it: a share for ratios, otherwise the largest difference from `baseline` it can make. */
export function toHalfWidth(scale: Scale, value: number, baseline: number): number {
  if (scale === 'ratio') return Math.min(Number.MAX_VALUE, Math.expm1(value));
  return Math.max(Math.abs(toEffect(scale, value, baseline)), Math.abs(toEffect(scale, -value, baseline)));
}

/** Whether an effect as people read it lies within the smallest one that matters, which is a share for ratios. */
export function insideMargin(scale: Scale, { low, high }: { low: number; high: number }, margin: number): boolean {
  return scale === 'ratio' ? low > 1 / (1 + margin) && high < 1 + margin : low > -margin && high < margin;
}
