import { oneLook, type LookLevels } from './looks.ts';

const atOneLook = (): HolmLevels => oneLook;

/** A p-value after the correction, and the level at which its finding was tested: rejected exactly when the plain p-value lies below it. */
export interface Corrected {
  adjusted: number | null;
  /** Null where nothing was tested. */
  level: number | null;
}

/** Levels and p-values of a test at one look of several; where there is one look both are what they are. */
export type HolmLevels = Pick<LookLevels, 't' | 'overall'>;

/**
 * Holm's step-down correction for findings judged together: the k-th smallest of m p-values is tested at alpha / (m - k + 1), until one is not rejected; those after it are
 * at that one's level. Controls the chance of any false finding in the family whatever their dependence (Holm 1979), and over several looks where each finding is tested at
 * the level that its share of alpha has at the look: whichever true hypothesis is rejected first at any look was tested at alpha / m0 at most, m0 being how many are true
 * (Maurer & Bretz 2013). Findings may have been looked at at times of their own (`levelsOf`); then they are ranked by the chance over all looks at which each would just be
 * one. An interval at a finding's level leaves out no change exactly when the finding is rejected. Nulls stay null and do not count.
 */
export function holm(
  pValues: readonly (number | null)[],
  alpha: number,
  levelsOf: (index: number) => HolmLevels = atOneLook,
): Corrected[] {
  const ranked = pValues
    .flatMap((pValue, index) =>
      pValue === null ? [] : [{ pValue, index, overall: levelsOf(index).overall(pValue), levels: levelsOf(index) }],
    )
    .sort((a, b) => a.overall - b.overall || a.pValue - b.pValue || a.index - b.index);
  const corrected: Corrected[] = pValues.map(() => ({ adjusted: null, level: null }));
  let floor = 0;
  let stoppedAt: number | null = null;
  for (const { pValue, index, overall, levels } of ranked) {
    // Those that are equal are all at the level of the first, so that none is read by where it stands in a list.
    const left = ranked.length - ranked.findIndex((one) => one.overall === overall);
    floor = Math.max(floor, Math.min(1, overall * left));
    const share: number = stoppedAt ?? alpha / left;
    const level = levels.t(share);
    if (stoppedAt === null && pValue >= level) stoppedAt = share;
    corrected[index] = { adjusted: floor, level };
  }
  return corrected;
}
