import { change, type Scale } from './scale.ts';
import { studentTQuantile } from './student-t.ts';
import { rootMeanSquare } from './summary.ts';

/**
 * Half-width, on the averaging scale, of the band in which the mean change over `blocks` blocks falls with 95 % probability when
 * nothing differs, learnt from A/A pairs (the same variant twice in a block).
 *
 * Two copies of one variant truly differ by zero, so the spread is taken about zero, s0 = sqrt(sum d_i^2 / n) with n degrees of
 * freedom, and the band is the prediction interval of a mean of `blocks` future changes with that known centre:
 * t(0.975, n) s0 / sqrt(blocks). It is on the scale of what it is held against (a mean over blocks, not one block), and few A/A
 * pairs make it wide. Null below two pairs.
 */
export function noiseFloor(
  scale: Scale,
  pairs: readonly { first: number | null; second: number | null }[],
  blocks: number,
  resolution = 0,
): { halfWidth: number; pairs: number } | null {
  const changes = pairs
    .map(({ first, second }) => (first === null || second === null ? null : change(scale, first, second)))
    .filter((value) => value !== null);
  if (changes.length < 2 || blocks < 1) return null;
  const spread = Math.max(rootMeanSquare(changes), resolution / Math.sqrt(6));
  return {
    halfWidth: (studentTQuantile(0.975, changes.length) * spread) / Math.sqrt(blocks),
    pairs: changes.length,
  };
}
