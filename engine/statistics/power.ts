import { studentTQuantile } from './student-t.ts';

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
