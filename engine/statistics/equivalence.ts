import type { PairedEffect } from './paired-effect.ts';
import { studentTUpperTail } from './student-t.ts';

/**
 * Two one-sided tests (Schuirmann 1987): the p-value of "the change lies outside +-`margin`", the larger of the two one-sided
 * p-values. `margin` is on the averaging scale. Equivalence is called at p <= 0.025, which is the same as the whole 95 % interval
 * lying inside the margin, so that the verdict never contradicts the interval printed beside it. Null below two blocks.
 */
export function equivalencePValue(effect: PairedEffect, margin: number): number | null {
  if (effect.interval === null) return null;
  if (effect.standardError === 0) return Math.abs(effect.mean) < margin ? 0 : 1;
  const degreesOfFreedom = effect.changes.length - 1;
  const aboveLower = studentTUpperTail((effect.mean + margin) / effect.standardError, degreesOfFreedom);
  const belowUpper = studentTUpperTail((margin - effect.mean) / effect.standardError, degreesOfFreedom);
  return Math.max(aboveLower, belowUpper);
}

/** Whether the two one-sided tests, each at 2.5 %, call the change equivalent to none. */
export function isEquivalent(effect: PairedEffect, margin: number): boolean {
  const pValue = equivalencePValue(effect, margin);
  return pValue !== null && pValue <= 0.025;
}
