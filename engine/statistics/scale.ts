/**
 * How a metric is compared. `ratio`: by the logarithm of variant over baseline, so that twice as slow and twice as fast are
 * equally far from no change. `difference`: variant minus baseline, for shares and counts that may be zero.
 */
export type Scale = 'ratio' | 'difference';

/** The change from `baseline` to `variant` on the scale on which it is averaged; null where that scale has no value (a ratio of values that are not positive). */
export function change(scale: Scale, baseline: number, variant: number): number | null {
  if (!Number.isFinite(baseline) || !Number.isFinite(variant)) return null;
  if (scale === 'difference') return variant - baseline;
  return baseline > 0 && variant > 0 ? Math.log(variant / baseline) : null;
}

/** From the averaging scale back to what people read: a ratio, or a difference. */
export function toEffect(scale: Scale, value: number): number {
  return scale === 'ratio' ? Math.exp(value) : value;
}

/** A half-width that people read (a share for ratios: 0.05 is 5 %) on the averaging scale. */
export function fromHalfWidth(scale: Scale, halfWidth: number): number {
  return scale === 'ratio' ? Math.log1p(halfWidth) : halfWidth;
}

/** The inverse of `fromHalfWidth`. */
export function toHalfWidth(scale: Scale, value: number): number {
  return scale === 'ratio' ? Math.expm1(value) : value;
}
