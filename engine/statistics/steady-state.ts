import { mean } from './summary.ts';

const leastBatches = 10;

/**
 * Whether a series came to rest in its first half, by MSER (White 1997): the start-up is what one must cut off for the standard error of the rest to be smallest, argmin
 * over d of sum_{i>d} (b_i - mean_d)^2 / (n - d)^2, d up to half. `batches` are values of equal, short spans with some requests in each (White batches five
 * observations: MSER-5). False when the cut lies at the last place allowed, and with fewer than ten batches.
 */
export function steadyState(batches: readonly number[]): boolean {
  if (batches.length < leastBatches) return false;
  const lastCut = Math.floor(batches.length / 2);
  let best = { cut: 0, score: Infinity };
  for (let cut = 0; cut <= lastCut; cut += 1) {
    const rest = batches.slice(cut);
    const centre = mean(rest);
    const score = rest.reduce((sum, value) => sum + (value - centre) ** 2, 0) / rest.length ** 2;
    if (score < best.score) best = { cut, score };
  }
  return best.cut < lastCut;
}
