const windowSlices = 3;
const tolerance = 0.1;

/** Whether the median of the last three slices is within 10 % (or 0.2 ms) of that of the three before. False with fewer than six slices. */
export function isSteady(medians: readonly number[]): boolean {
  if (medians.length < 2 * windowSlices) return false;
  const last = middle(medians.slice(-windowSlices));
  const before = middle(medians.slice(-2 * windowSlices, -windowSlices));
  return Math.abs(last - before) <= Math.max(tolerance * before, 0.2);
}

/** The rule in words, for the report. */
export function steadyRule(minMs: number, maxMs: number, minRequests: number): string {
  return `at least ${minMs / 1000} s and ${minRequests} requests, then until the median of three 1 s slices is within 10 % of the three before, at most ${maxMs / 1000} s`;
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
