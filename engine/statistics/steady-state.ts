import { mean } from './summary.ts';

export interface SteadyState {
  /** Values to throw away from the start. */
  truncate: number;
  /** False when the best cut lies in the second half: the series never settled. */
  steady: boolean;
}

/**
 * MSER-5 (White 1997): batches the series by five, and cuts where the standard error of what remains is smallest,
 * argmin over d of sum_{i>d} (b_i - mean_d)^2 / (n - d)^2, for d up to half of the batches. `values` are means of equal time slices (1 s or
 * shorter). Fewer than four batches, or a minimum at the very last allowed cut, count as not steady.
 */
export function steadyState(values: readonly number[], batchSize = 5): SteadyState {
  const batches: number[] = [];
  for (let start = 0; start + batchSize <= values.length; start += batchSize)
    batches.push(mean(values.slice(start, start + batchSize)));
  const lastCut = Math.floor(batches.length / 2);
  if (batches.length < 4) return { truncate: 0, steady: false };
  let best = { cut: 0, score: Infinity };
  for (let cut = 0; cut <= lastCut; cut += 1) {
    const rest = batches.slice(cut);
    const centre = mean(rest);
    const score = rest.reduce((sum, value) => sum + (value - centre) ** 2, 0) / rest.length ** 2;
    if (score < best.score) best = { cut, score };
  }
  return { truncate: best.cut * batchSize, steady: best.cut < lastCut };
}
