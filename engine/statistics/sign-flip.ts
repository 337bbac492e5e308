/**
 * Exact two-sided sign-flip permutation test of paired changes (Fisher 1935): under no change each d_i is as likely as -d_i, so the p-value is
 * the share of all 2^n sign patterns whose |mean| is at least the observed one. Needs no normality; cannot go below 2^(1-n),
 * so it confirms p < 0.05 only from 6 blocks. Throws above 20 changes (a million patterns).
 */
export function signFlipPValue(changes: readonly number[]): number {
  const n = changes.length;
  if (n === 0) return 1;
  if (n > 20) throw new RangeError(`the exact test takes at most 20 changes, got ${n}`);
  const observed = Math.abs(changes.reduce((sum, value) => sum + value, 0));
  // Sums of the same numbers in another order differ in the last digits; a pattern as extreme as the observed one must count.
  const threshold = observed - 1e-12 * changes.reduce((sum, value) => sum + Math.abs(value), 0);
  let extreme = 0;
  const patterns = 2 ** n;
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    let sum = 0;
    for (let index = 0; index < n; index += 1) {
      const value = changes[index] ?? 0;
      // oxlint-disable-next-line no-bitwise -- one bit a sign
      sum += (pattern >> index) & 1 ? value : -value;
    }
    if (Math.abs(sum) >= threshold) extreme += 1;
  }
  return extreme / patterns;
}
