import jStat from 'jstat';
import type { Count } from './proportion.ts';

/**
 * One-sided mid-p of Fisher's exact test that the first share is larger than the second: P(X > x) + P(X = x) / 2, X hypergeometric under equal
 * shares (Lancaster 1961). Knows that both shares are uncertain, whatever the counts, and is less timid than the plain test where counts are small.
 */
export function fisherMidP(first: Count, second: Count): number {
  if (first.trials <= 0 || second.trials <= 0) return 1;
  const successes = first.successes + second.successes;
  const trials = first.trials + second.trials;
  let p = 0;
  for (let x = first.successes; x <= Math.min(successes, first.trials); x += 1) {
    const chance = Math.exp(
      jStat.combinationln(first.trials, x) +
        jStat.combinationln(second.trials, successes - x) -
        jStat.combinationln(trials, successes),
    );
    p += x === first.successes ? chance / 2 : chance;
  }
  return p;
}
