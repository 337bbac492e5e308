/**
 * Holm's step-down correction for findings judged together: the k-th smallest of m p-values is multiplied by m - k + 1, made
 * monotone and cut at 1. Controls the chance of any false finding in the family whatever their dependence (Holm 1979).
 * Nulls stay null and do not count.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const ranked = pValues
    .map((pValue, index) => ({ pValue, index }))
    .filter((entry): entry is { pValue: number; index: number } => entry.pValue !== null)
    .sort((a, b) => a.pValue - b.pValue || a.index - b.index);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let floor = 0;
  for (const [rank, { pValue, index }] of ranked.entries()) {
    floor = Math.max(floor, Math.min(1, pValue * (ranked.length - rank)));
    adjusted[index] = floor;
  }
  return adjusted;
}
